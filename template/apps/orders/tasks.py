"""What orders leave to Celery."""

import logging

from celery import shared_task

from apps.orders import services
from stack.celery.task import Task

logger = logging.getLogger(__name__)


@shared_task(base=Task)
def unpaid_orders_expire() -> None:
    """Expire the orders that nobody paid in time. Beat sends this every minute."""
    if count := services.orders_expire():
        logger.info("%s unpaid orders expired", count)
