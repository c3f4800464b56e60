"""Taking an event's effect: once, however often it arrives."""

import json
import logging
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from stack.events import Message, hooks
from stack.events.retention import delete_old
from stack.inbox.registry import taker
from stack.logging.context import caused_by

logger = logging.getLogger(__name__)

CAUSE = "dop-correlation-id"
"""The header that names the request that told of an event."""
HANGS = "60s"
"""What PostgreSQL gives a consumer that stands still in its transaction, for which others may wait."""

ENTER = """
SELECT set_config('idle_in_transaction_session_timeout', %s, true);
INSERT INTO received (id, msg_id, headers, added, expires_at, retry, status)
VALUES (gen_random_uuid(), %s, %s, now(), now() + make_interval(days => %s), 0, 2)
ON CONFLICT (msg_id) DO NOTHING
"""


def enter(group: str, message: Message[Any]) -> bool:
    """Write into the inbox that an event's effect is taken, in the transaction of the effect.

    Who is given the same event at the same time waits here until the other's transaction has ended.

    Returns:
        Whether it was not yet.
    """
    with connection.cursor() as cursor:
        headers = json.dumps(dict(message.headers) | {"group": group})
        cursor.execute(ENTER, [HANGS, f"{group}:{message.id}", headers, settings.INBOX_KEEP_DAYS])
        return bool(cursor.rowcount)


def take(group: str, message: Message[Any]) -> bool:
    """Have an event's consumer take its effect, unless that was done already.

    Returns:
        Whether it was not yet.

    Raises:
        EventError: The group has no consumer of its type.
        Exception: What the consumer raised; nothing is taken then.
    """
    consumer = taker(group, message.type)
    with caused_by(message.headers.get(CAUSE)), hooks.handled(message, group):
        with transaction.atomic():
            if is_new := enter(group, message):
                consumer.handler(message)
        note(group, str(message.type), str(message.id), is_new)
    return is_new


def note(group: str, event_type: str, event: str, is_new: bool) -> None:
    """Say what became of an event, once it is committed."""
    logger.info("event %s %s %s: %s", event_type, event, group, "taken" if is_new else "known already")
    hooks.count("taken" if is_new else "duplicate", 1, group=group)


def forget() -> int:
    """Delete old entries, some at a time.

    Returns:
        How many.
    """
    return delete_old("received", settings.INBOX_KEEP_DAYS)
