"""What is read of notifications."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.notifications.models import Notification

COLUMNS = ("number", "kind", "text", "data", "created_at", "read_at")
"""What a user sees of a notification, over HTTP and over a socket."""

_AFTER_EACH = """
SELECT asked.place, {columns}
FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS asked(user_id, number, place)
CROSS JOIN LATERAL (
    SELECT * FROM {table} WHERE user_id = asked.user_id AND number > asked.number ORDER BY number LIMIT %s
) AS notification
ORDER BY asked.place, notification.number
"""


def notification_list(user: User | AnonymousUser, *, after: bool = False) -> QuerySet[Notification]:
    """Return a user's notifications: the newest first, or the oldest first for who goes on after one."""
    return Notification.objects.filter(user=user.pk).order_by("number" if after else "-number")


def notifications_unread(user: User | AnonymousUser) -> int:
    """Count what a user has not read."""
    return Notification.objects.filter(user=user.pk, read_at=None).count()


def notifications_after(places: Sequence[tuple[int, int]], limit: int) -> list[list[dict[str, Any]]]:
    """Return what comes after each of several places, in one query.

    Args:
        places: Users, each with the number of the last notification that they have; 0 before the first.
        limit: How many to return of each.

    Returns:
        For each place its notifications, oldest first.
    """
    query = _AFTER_EACH.format(
        columns=", ".join(f"notification.{name}" for name in COLUMNS),
        table=connection.ops.quote_name(Notification._meta.db_table),
    )
    found: list[list[dict[str, Any]]] = [[] for _ in places]
    with connection.cursor() as cursor:
        cursor.execute(query, [[user for user, _ in places], [number for _, number in places], limit])
        for place, *values in cursor:
            item = dict(zip(COLUMNS, values, strict=True))
            item["data"] = json.loads(item["data"])
            found[place - 1].append(item)
    return found
