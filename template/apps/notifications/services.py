"""What happens to notifications: one is added, and some are read."""

from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Greatest, Now

from apps.notifications.models import Counter, Notification


def notification_add(user_id: int, kind: str, text: str, data: dict[str, Any] | None = None) -> Notification:
    """Tell a user something, when the transaction that this is called in is committed.

    Other notifications for the same user wait for that commit: so their numbers are in the order of commits,
    and whoever has read up to a number has missed nothing before it. In a transaction that tells several
    users something, do it in the order of their ids, or two of its kind can wait for each other.

    Telling twice is the caller's to prevent, by its inbox or its idempotency key.

    Args:
        user_id: Whom to tell.
        kind: What it is, for programs.
        text: What it says, for people.
        data: More for programs; it is public to the user.

    Returns:
        The notification.

    Raises:
        TransactionManagementError: Outside of a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("notification_add works within a transaction only.")
    return Notification.objects.create(
        user_id=user_id, number=_next_number(user_id), kind=kind, text=text, data=data or {}
    )


def notifications_read(user_id: int, up_to: int) -> int:
    """Note that a user has read everything up to a number.

    Args:
        user_id: The user.
        up_to: The number of the last one.

    Returns:
        How many had not been read before.
    """
    unread = Notification.objects.filter(user=user_id, number__lte=up_to, read_at=None)
    return unread.update(read_at=Greatest(Now(), "created_at"))


def _next_number(user_id: int) -> int:
    """Draw the user's next number, and keep others from drawing until the transaction has ended.

    One statement, which also settles who is first when there is no counter yet.
    """
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS counter (user_id, last) VALUES (%s, 1) "  # nosec B608 # a quoted name
            "ON CONFLICT (user_id) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [user_id],
        )
        number: int = cursor.fetchone()[0]
        return number
