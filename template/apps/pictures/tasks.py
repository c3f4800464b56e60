"""What profile pictures leave to tasks."""

from django.tasks import task

from apps.pictures import services


@task(backend="short")
def picture_thumbnail_make(picture_id: int) -> None:
    """Make the thumbnail of an uploaded picture.

    Args:
        picture_id: The picture's primary key.
    """
    services.picture_thumbnail_make(picture_id)
