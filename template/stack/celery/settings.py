"""Celery, on Redis or RabbitMQ, whichever CELERY_BROKER_URL names."""

from stack.environment import required

CELERY_BROKER_URL = required("CELERY_BROKER_URL", fallback="redis://127.0.0.1:6379/1")
