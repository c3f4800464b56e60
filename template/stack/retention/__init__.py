"""What has expired is deleted, some at a time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Protocol, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stack.discovery import modules

BATCH = 1_000
"""Rows that a transaction deletes, at most: so long are they locked, and no longer."""


class Part(Protocol):
    """A module ``retention`` of an app."""

    def expired(self) -> Iterator[QuerySet[Any]]:
        """Yield rows that may go, of a query without joins: what is joined would be locked, too."""


def older(rows: QuerySet[Any], column: str, days: int) -> QuerySet[Any]:
    """Return the rows of before so many days; none for 0, which keeps them for ever."""
    if not days:
        return rows.none()
    return rows.filter(**{f"{column}__lt": timezone.now() - timedelta(days=days)})


def clear_expired() -> dict[str, int]:
    """Delete what has expired. Rows that somebody else has in hand are passed over: the next time is soon.

    Returns:
        How many rows of which model, by its label.
    """
    deleted: dict[str, int] = {}
    for part in modules("retention"):
        for rows in cast(Part, part).expired():
            label = rows.model._meta.label
            while count := _delete_some(rows):
                deleted[label] = deleted.get(label, 0) + count
    return deleted


@transaction.atomic
def _delete_some(rows: QuerySet[Any]) -> int:
    held = rows.order_by("pk").select_for_update(skip_locked=True)
    keys = list(held.values_list("pk", flat=True)[:BATCH])
    # By the model's delete(), not by SQL: files and caches follow what is deleted.
    rows.model.objects.filter(pk__in=keys).delete()
    return len(keys)
