"""What letters know of a person."""

from typing import Any

from apps.accounts.models import User
from apps.letters.models import Letter

MODELS = ("letters.Letter",)
NOT_PERSONAL: dict[str, str] = {}


def export(user: User) -> list[Any]:
    """Return what was, or will be, written to the user; see `stack.personal.Part`."""
    return list(Letter.objects.filter(user=user).values("subject", "text", "created_at", "sent_at"))


def erase(user: User) -> None:
    """Delete it; see `stack.personal.Part`."""
    Letter.objects.filter(user=user).delete()
