"""Writing into the ledger."""

from typing import Any

from django.db import connection
from stack.events import Message

POSITIONS = {"order.placed": 1, "order.paid": 2, "order.cancelled": 2}
"""The place of an order's event among those of the order; of others, the payload says it."""


def write(group: str, message: Message[Any]) -> None:
    """Write a row."""
    name = message.type.name
    position = POSITIONS.get(name) or message.payload.position
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO ledger_effect ("group", event, type, key, position) VALUES (%s, %s, %s, %s, %s)',
            [group, str(message.id), name, message.key, position],
        )
