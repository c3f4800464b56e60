"""What the catalogue leaves to Celery."""

from celery import shared_task

from apps.catalog import services
from stack.celery.task import Task


# Every cloud's library has errors of its own for a storage that is away.
@shared_task(base=Task, autoretry_for=(Exception,), retry_backoff=True, max_retries=8)
def product_thumbnail_make(product_id: int) -> None:
    """Make the thumbnail of a product's picture; while the storage is away, try again for some minutes.

    Args:
        product_id: The product's primary key.
    """
    services.product_thumbnail_make(product_id)
