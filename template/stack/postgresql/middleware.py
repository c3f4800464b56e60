"""Requests that took the database too long: they have failed, and nothing is broken."""

import logging

from django.db import Error
from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from stack.rest.handlers import unavailable

TIMEOUTS = {"57014", "55P03"}
"""Of a statement, and of a lock: PostgreSQL, appendix A. The third one leaves a connection that is lost."""

logger = logging.getLogger(__name__)


class TimeoutMiddleware(MiddlewareMixin):
    """Answers 503 in the place of 500."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer for a view that was cut off."""
        if not isinstance(exception, Error) or getattr(exception.__cause__, "pgcode", None) not in TIMEOUTS:
            return None
        logger.warning("A request was cut off: %s", str(exception).partition("\n")[0])
        return unavailable(request)
