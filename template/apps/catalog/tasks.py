"""What the catalogue leaves to Celery."""

import logging

from celery import shared_task

from apps.catalog import services
from stack.images import ImageUnreadable

logger = logging.getLogger(__name__)


@shared_task
def product_thumbnail_make(product_id: int) -> None:
    """Make the thumbnail of a product's picture; running twice does no harm.

    Args:
        product_id: The product's primary key.
    """
    try:
        services.product_thumbnail_make(product_id)
    except ImageUnreadable as error:
        logger.warning("the picture of product %s stays without a thumbnail: %s", product_id, error)
