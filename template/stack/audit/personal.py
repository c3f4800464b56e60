"""What the audit knows of a person."""

from typing import Any

from django.db.models import Q

from stack.audit.models import AuditEntry

MODELS = ("audit.AuditEntry",)
NOT_PERSONAL: dict[str, str] = {}


def export(user: Any) -> list[Any]:
    """Return what has happened, by them or to them; see `stack.personal.Part`."""
    theirs = AuditEntry.objects.filter(Q(actor=user.pk) | Q(subject=user.pk))
    return list(theirs.values("at", "event", "address", "way"))


def erase(_user: Any) -> None:
    """Keep the entries until their time is over: they name nobody but by a key; see `stack.personal.Part`."""
