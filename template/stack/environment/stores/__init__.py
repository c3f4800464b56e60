"""Where secrets may be kept: a module each, by the name that SECRETS_BACKEND gives it, with its ``fetch``.

Their libraries would wait for a minute for a server that hangs, and then try again.
"""

from typing import Any

CONNECT_SECONDS = 2.0
READ_SECONDS = 3.0


class Unreadable(Exception):
    """Why there is no document: one sentence, with nothing in it of what is kept."""


class Away(Unreadable):
    """The same, and it may be otherwise in a moment."""


def no_document(kind: Any) -> Unreadable:
    """Say that what is kept is of another kind than names and values."""
    return Unreadable(f"what is kept is no JSON object of names and values, but {kind}")
