"""Gunicorn: how the web processes are run."""
