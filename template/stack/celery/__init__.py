"""Celery, on the broker that CELERY_BROKER_URL names."""
