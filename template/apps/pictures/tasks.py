"""What profile pictures leave to Celery."""

from celery import shared_task

from apps.pictures import services
from stack.celery.task import Task


# Every cloud's library has errors of its own for a storage that is away.
@shared_task(base=Task, autoretry_for=(Exception,), retry_backoff=True, max_retries=8)
def picture_thumbnail_make(picture_id: int) -> None:
    """Make the thumbnail of an uploaded picture; while the storage is away, try again for some minutes.

    Args:
        picture_id: The picture's primary key.
    """
    services.picture_thumbnail_make(picture_id)
