"""The picture that a user shows."""

import uuid

from django.conf import settings
from django.db import models


def original_path(_picture: "Picture", _filename: str) -> str:
    """Return where an uploaded picture is kept: a name that tells nothing and can't be guessed."""
    return f"pictures/originals/{uuid.uuid4().hex}"


def thumbnail_path(_picture: "Picture", _filename: str) -> str:
    """Return where a thumbnail is kept; never the same twice, so that caches show no old one."""
    return f"pictures/thumbnails/{uuid.uuid4().hex}.webp"


class Picture(models.Model):
    """An uploaded picture; another upload is another row."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    original = models.FileField(
        upload_to=original_path, help_text="As uploaded: never shown, as it may tell where it was taken."
    )
    thumbnail = models.ImageField(
        upload_to=thumbnail_path, blank=True, help_text="Made of the original, and shown."
    )

    def __str__(self) -> str:
        """Return whose it is."""
        return f"picture of {self.user}"
