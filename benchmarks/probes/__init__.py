"""What `events.py` runs in the template's own environment: each module is a measurement, or a part of one."""
