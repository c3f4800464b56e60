"""The id of the request that is being served, wherever the code is."""

import logging
from contextvars import ContextVar

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class RequestIdFilter(logging.Filter):
    """Puts the request's id on each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its request's id."""
        record.request_id = request_id.get()
        return True
