"""Whether it is the database that is away, or an effect that is at fault."""

from django.db import Error, connection


def is_database_there() -> bool:
    """Say whether the database can be reached now: if so, it was the effect that lost the connection."""
    try:
        if not connection.is_usable():
            connection.close()
            connection.ensure_connection()
    except Error:
        return False
    return True
