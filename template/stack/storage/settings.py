"""Uploaded files, on the file system."""

from typing import Any

from stack.environment import BASE_DIR, env
from stack.static.settings import staticfiles_storage

MEDIA_ROOT = env.str("MEDIA_ROOT", str(BASE_DIR / "media"))
MEDIA_URL = "/media/"

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": staticfiles_storage,
}
