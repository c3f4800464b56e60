"""Dead letters: why they are, for whoever looks; the broker keeps the events themselves."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from stack.inbox.models import DeadLetter

EXCERPT = 2_000
"""Bytes of an event to show."""


def enter(group: str, event: str, headers: Mapping[str, Any], body: bytes, reason: str) -> None:
    """Write down that a group could not take an event, and why."""
    DeadLetter.objects.update_or_create(
        group=group,
        event=_text(event),
        defaults={
            "type": _text(headers.get("ce-type", ""))[:200],
            "key": _text(headers.get("ce-partitionkey", ""))[:200],
            "reason": _text(reason),
            "excerpt": _text(body[:EXCERPT].decode(errors="replace")),
            "replayed_at": None,
        },
    )


def replayed(group: str, event: str) -> None:
    """Write down that it was put back into the queue."""
    DeadLetter.objects.filter(group=group, event=_text(event)).update(replayed_at=timezone.now())


def _text(value: object) -> str:
    """Return what PostgreSQL can keep of it: no null character, no half of one."""
    return str(value).replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
