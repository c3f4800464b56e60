"""Tests of Celery, with real workers, a real Beat and real brokers."""
