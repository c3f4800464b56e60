"""The engine of sessions: Django's own in the database, with columns for whose a session is."""

import re
from typing import Any

from django.contrib.auth import SESSION_KEY as USER
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from stack.sessions.models import Session
from stack.sessions.origin import SESSION_KEY

KEY = re.compile(r"[A-Za-z0-9]{8,40}")
"""What a session's key may be: more than those that are made now, and no longer than the column."""


class SessionStore(DatabaseStore):
    """Fills the columns from the data, each time that the data is saved.

    A cookie may hold anything, such as a NUL, which the database refuses with an error. What cannot be a key
    of ours is no key, so that whoever comes with it is nobody.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and KEY.fullmatch(key) is not None

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to be saved."""
        return _labelled(super().create_model_instance(data), data)

    async def acreate_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to be saved."""
        return _labelled(await super().acreate_model_instance(data), data)


def _labelled(row: Any, data: dict[str, Any]) -> Any:
    if USER in data and (note := data.get(SESSION_KEY)):
        row.user_id = data[USER]
        row.login, row.since = note["id"], note["since"]
        row.address, row.agent = note["address"], note["agent"]
    return row
