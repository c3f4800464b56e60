"""Rebuild: what a group has made of its events is undone, and made again from the first of them."""

from django.db import connection, transaction

from stack.kafka import positions, topics
from stack.kafka.registry import forgetter, groups, inbox_of


def rebuild(group: str) -> int:
    """Have a group begin anew: all that it has taken is undone, in one transaction.

    Readers that are running see that their positions are others, and begin anew by themselves.

    Returns:
        How many partitions it will read again.

    Raises:
        LookupError: The group has nothing that undoes its effects.
    """
    forget = forgetter(group)
    if forget is None:
        raise LookupError(f"nothing in {group} is marked with @forgets: its effects can't be undone")
    with transaction.atomic():
        number = positions.reset(group, {topics.topic_of(each.name) for each in groups()[group]})
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM received WHERE starts_with(msg_id, %s)", [f"{inbox_of(group)}:"])
        forget()
    return number
