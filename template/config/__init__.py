"""Wiring: settings, addresses and the servers' entry points."""

from config.celery import app as celery_app  # stack: celery

__all__ = ["celery_app"]  # stack: celery
