"""Profile pictures."""

import logging
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from apps.accounts.models import User, thumbnail_path
from stack.images import ImageUnreadable, thumbnail_make

THUMBNAIL_SIZE = (256, 256)
"""Pixels: width and height of the box it fits into."""

logger = logging.getLogger(__name__)


@transaction.atomic
def user_picture_set(user_id: int, picture: UploadedFile | None) -> User:  # type: ignore[type-arg]
    """Give a user another picture, or none, and delete the files of the one before.

    Args:
        user_id: The user.
        picture: The upload, within its limits.

    Returns:
        The user, who has no thumbnail until the task has made one.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    for stale in (user.picture, user.thumbnail):
        if stale.name:
            transaction.on_commit(partial(stale.storage.delete, stale.name), robust=True)
    user.picture, user.thumbnail = picture or "", ""
    user.save(update_fields=["picture", "thumbnail"])
    return user


def user_thumbnail_make(user_id: int, picture: str) -> None:
    """Make the thumbnail of a picture; drop a picture that can't be decoded.

    Does nothing when the user has another picture by now, or the thumbnail: tasks run late, and twice.

    Args:
        user_id: The user.
        picture: The picture's name in the storage.
    """
    waiting = User.objects.filter(pk=user_id, picture=picture, thumbnail="")
    user = waiting.first()
    if user is None:
        return
    try:
        with user.picture.open() as source:
            thumbnail = thumbnail_make(source, THUMBNAIL_SIZE)
    except ImageUnreadable as error:
        logger.warning("the picture of user %s can't be decoded and is dropped: %s", user_id, error)
        user_picture_set(user_id, None)
        return
    storage = user.thumbnail.storage
    name = storage.save(thumbnail_path(user, ""), thumbnail)
    if not waiting.update(thumbnail=name):
        storage.delete(name)
