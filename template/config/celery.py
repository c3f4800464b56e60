"""The Celery application, and the timetable that Beat keeps."""

import os

from celery import Celery
from celery.schedules import crontab

from stack.environment import PROJECT_SLUG

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery(PROJECT_SLUG, task_cls="stack.celery.task:Task")
app.config_from_object("django.conf:settings", namespace="CELERY")

# A run that could not start before the next one is due is dropped: each of them does all there is to do.
app.conf.beat_schedule = {
    # stack: if shop
    "send letters that are left": {
        "task": "apps.letters.tasks.letters_send",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "expire unpaid orders": {
        "task": "apps.orders.tasks.unpaid_orders_expire",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # stack: end
    "clear what has expired": {
        "task": "stack.retention.tasks.clear_expired",
        "schedule": crontab(minute="30"),
        "options": {"expires": 60 * 60},  # seconds
    },
}
