"""A feed of things, kept in a table that the tests make."""

from collections.abc import Sequence

from django.db import connection

from stack.websockets.feed import Feed, Item, Place

TABLE = "websocket_things"


def fetch(places: Sequence[Place], limit: int) -> list[list[Item]]:
    """Return the things after each place."""
    found = []
    with connection.cursor() as cursor:
        for user, after in places:
            cursor.execute(
                f"SELECT number, text FROM {TABLE} "
                "WHERE user_id = %s AND number > %s ORDER BY number LIMIT %s",
                [user, after, limit],
            )
            found.append([{"number": number, "text": text} for number, text in cursor.fetchall()])
    return found


feed = Feed("things", fetch)


def table_make() -> None:
    """Make the table, empty."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(
            f"CREATE TABLE {TABLE} (user_id bigint, number bigint, text text, PRIMARY KEY (user_id, number))"
        )


def things_add(user: int, first: int, last: int, text: str = "thing") -> None:
    """Add things of these numbers, and tell nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} SELECT %s, number, %s FROM generate_series(%s, %s) AS number",
            [user, text, first, last],
        )
