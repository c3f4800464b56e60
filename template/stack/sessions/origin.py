"""What is noted of a log-in: enough for its owner to know it again."""

from typing import Any, TypedDict
from uuid import uuid4

from django.http import HttpRequest
from django.utils import timezone

from stack.rest.addresses import client_address

AGENT_LENGTH = 200
"""Characters that are kept of what a browser says it is."""
SESSION_KEY = "login"
"""Where in the session's data the note is."""


class Origin(TypedDict):
    """Where a log-in came from."""

    address: str
    agent: str


def origin_of(request: HttpRequest) -> Origin:
    """Return where a request came from: its address, and what its browser says it is."""
    agent = request.META.get("HTTP_USER_AGENT", "").replace("\0", "")
    return {"address": client_address(request), "agent": agent[:AGENT_LENGTH]}


def session_begin(*, request: HttpRequest | None, **_: Any) -> None:
    """Note in a session where it came from (the receiver of ``user_logged_in``)."""
    session = getattr(request, "session", None)
    if request is not None and session is not None:
        if SESSION_KEY in session:  # somebody who was logged in already: Django would keep the key
            session.cycle_key()
        session[SESSION_KEY] = {
            "id": str(uuid4()),
            "since": timezone.now().isoformat(),
            **origin_of(request),
        }
