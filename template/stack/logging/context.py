"""The id of the request that is being served, wherever the code is."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


@contextmanager
def caused_by(request: str | None) -> Iterator[None]:
    """Do what a request, served before or elsewhere, has caused."""
    token = request_id.set(request)
    try:
        yield
    finally:
        request_id.reset(token)


class RequestIdFilter(logging.Filter):
    """Puts the request's id on each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its request's id."""
        record.request_id = request_id.get()
        return True
