"""What the timetable has of retention."""

import logging

from django.tasks import task

from stack import retention

logger = logging.getLogger(__name__)


@task
def clear_expired() -> None:
    """Delete what has expired. Beat sends this every hour."""
    for label, count in retention.clear_expired().items():
        logger.info("%s rows of %s had expired and are deleted", count, label)
