"""Wiring: settings, addresses and the servers' entry points."""

from config.celery import app as celery_app  # noqa: F401  # stack: celery
