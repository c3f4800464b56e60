"""Uploaded files: the file system in development, a bucket by django-storages in production."""

from stack.environment import BASE_DIR

MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "/media/"
