"""What sessions know of a person."""

from typing import Any

from stack.sessions.models import Session

MODELS = ("logins.Session",)
NOT_PERSONAL: dict[str, str] = {}


def export(user: Any) -> list[Any]:
    """Return where browsers are logged in, without their keys; see `stack.personal.Part`."""
    return list(Session.objects.filter(user=user.pk).values("since", "address", "agent", "expire_date"))


def erase(user: Any) -> None:
    """Log all browsers out; see `stack.personal.Part`."""
    Session.objects.filter(user=user.pk).delete()
