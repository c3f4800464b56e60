"""How the relay finds what is pending, among much that is not."""

from typing import Any

import pytest
from django.db import connection

from stack.outbox import window
from stack.outbox.room import SIZE

pytestmark = [pytest.mark.django_db, pytest.mark.proves("outbox")]

ROWS = """
INSERT INTO published (id, destination, body, headers, added, expires_at, retry, status)
SELECT gen_random_uuid(), '/exchange/events/thing.counted.v1', '{}', '{}', now(), now(), 0, %s
FROM generate_series(1, %s)
"""
SENT, PENDING = 2, 1


@pytest.mark.parametrize("statement", [window.LOCK, window.CLAIM], ids=["lock", "claim"])
def test_a_window_is_read_in_its_order_from_the_index_of_what_is_pending(statement: str) -> None:
    """However little was pending when the statistics were made: to sort a backlog each time takes long."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [SENT, 5_000])
        cursor.execute(ROWS, [PENDING, 5])
        cursor.execute("ANALYZE published")
        cursor.execute(ROWS, [PENDING, 2_000])
        asked: dict[str, Any] = {
            "route": "rabbitmq",
            "head": 4 * SIZE,
            "partitions": window.SHARE,
            "locked": list(range(window.SHARE)),
            "size": SIZE,
        }
        cursor.execute(f"EXPLAIN {statement.format(free=window.FREE)}", asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "published_pending" in plan
    assert "Sort Key: event.relay_seq" not in plan
