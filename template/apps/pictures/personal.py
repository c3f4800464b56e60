"""What pictures know of a person."""

from typing import Any

from apps.accounts.models import User
from apps.pictures.models import Picture
from apps.pictures.services import picture_remove

MODELS = ("pictures.Picture",)
NOT_PERSONAL: dict[str, str] = {}


def export(user: User) -> dict[str, Any]:
    """Return where the picture is, as uploaded and as shown; see `stack.personal.Part`."""
    picture = Picture.objects.filter(user=user).first() or Picture()
    return {
        name: file.url if (file := getattr(picture, name)) else None for name in ("original", "thumbnail")
    }


def erase(user: User) -> None:
    """Delete row and files; see `stack.personal.Part`."""
    picture_remove(user)
