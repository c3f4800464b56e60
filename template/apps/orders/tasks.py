"""What orders leave to tasks."""

import logging

from django.tasks import task

from apps.orders import services

logger = logging.getLogger(__name__)


@task
def unpaid_orders_expire() -> None:
    """Expire the orders that nobody paid in time. Beat sends this every minute."""
    if count := services.orders_expire():
        logger.info("%s unpaid orders expired", count)
