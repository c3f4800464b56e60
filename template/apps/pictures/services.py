"""What changes profile pictures."""

import logging
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from apps.accounts.models import User
from apps.pictures.models import Picture, thumbnail_path
from stack.images import ImageUnreadable, thumbnail_make

THUMBNAIL_SIZE = (256, 256)
"""Pixels: width and height of the box it fits into."""

logger = logging.getLogger(__name__)


@transaction.atomic
def picture_set(user: User, upload: UploadedFile) -> Picture:  # type: ignore[type-arg]
    """Give a user a picture, in place of the one before.

    Args:
        user: The user.
        upload: The file, within its limits.

    Returns:
        The picture, which has no thumbnail until the task has made one.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # of two at one moment, the second waits
    picture_remove(user)
    return Picture.objects.create(user=user, original=upload)


def picture_remove(user: User) -> None:
    """Leave a user without a picture."""
    Picture.objects.filter(user=user).delete()


def picture_thumbnail_make(picture_id: int) -> None:
    """Make the thumbnail of a picture; drop a picture that can't be decoded.

    Does nothing when the picture is gone by now, or has its thumbnail: tasks run late, and twice.

    Args:
        picture_id: The picture.
    """
    waiting = Picture.objects.filter(pk=picture_id, thumbnail="")
    picture = waiting.first()
    if picture is None:
        return
    try:
        with picture.original.open() as source:
            thumbnail = thumbnail_make(source, THUMBNAIL_SIZE)
    except ImageUnreadable as error:
        logger.warning("the picture of user %s can't be decoded and is dropped: %s", picture.user_id, error)
        picture.delete()
        return
    storage = picture.thumbnail.storage
    name = storage.save(thumbnail_path(picture, ""), thumbnail)
    if not waiting.update(thumbnail=name):
        storage.delete(name)


def files_delete(instance: Picture, **_signal: Any) -> None:
    """Delete the files of a picture whose row is about to be deleted, once that is committed."""
    # Read again, and held: its thumbnail may have been made since.
    picture = Picture.objects.select_for_update().filter(pk=instance.pk).first()
    for file in (picture.original, picture.thumbnail) if picture else ():
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
