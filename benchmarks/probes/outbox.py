"""An outbox that is full of events, and is so again for each measurement."""

from itertools import batched

from django.db import connection
from probes.thing import BATCH, tell

COLUMNS = "id, version, destination, body, headers, added, expires_at, retry, status, relay_seq"
INDEX = "published_status_27c9ec_btree"
"""Of the library's, for its own queries; ours does without."""


def fill(number: int) -> None:
    """Have so many events pending, the same each time, in a table that is as new."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS filled AS SELECT * FROM published WITH NO DATA")
        cursor.execute("SELECT count(*) FROM filled")
        if cursor.fetchone()[0] != number:
            cursor.execute("TRUNCATE published, filled")
            for numbers in batched(range(number), BATCH):
                tell(numbers)
            cursor.execute("INSERT INTO filled SELECT * FROM published WHERE relay_route = 'rabbitmq'")
        cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")
        cursor.execute("TRUNCATE published")
        cursor.execute(f"INSERT INTO published ({COLUMNS}) SELECT {COLUMNS} FROM filled ORDER BY relay_seq")
        cursor.execute("VACUUM ANALYZE published")


def index_for_the_library() -> None:
    """Give the library back what is its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX {INDEX} ON published (status)")
