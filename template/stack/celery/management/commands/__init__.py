"""Commands of stack.celery."""
