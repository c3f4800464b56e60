"""Celery, on Redis or RabbitMQ, whichever CELERY_BROKER_URL names."""
