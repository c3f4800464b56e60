"""Gives each request an id, and writes one line about it when it is answered."""

import logging
import re
from collections.abc import Awaitable, Callable
from contextvars import Token
from inspect import iscoroutinefunction
from time import perf_counter
from typing import cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from django.utils.functional import empty

from stack.logging.context import request_id

HEADER = "X-Request-ID"
VALID = re.compile(r"[A-Za-z0-9._-]{8,128}")
"""What a caller may choose as an id: nothing that could forge a log line."""

logger = logging.getLogger("access")

Handler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@sync_and_async_middleware
def access_log(get_response: Handler | AsyncHandler) -> Handler | AsyncHandler:
    """Log each request, without the thread that a sync middleware would need under ASGI."""
    if iscoroutinefunction(get_response):

        async def log_async(request: HttpRequest) -> HttpResponseBase:
            token, started = _adopt_id(request), perf_counter()
            try:
                return _log(request, await get_response(request), started)
            finally:
                request_id.reset(token)

        return log_async

    handler = cast(Handler, get_response)

    def log_sync(request: HttpRequest) -> HttpResponseBase:
        token, started = _adopt_id(request), perf_counter()
        try:
            return _log(request, handler(request), started)
        finally:
            request_id.reset(token)

    return log_sync


def _adopt_id(request: HttpRequest) -> Token[str | None]:
    given = request.headers.get(HEADER, "")
    return request_id.set(given if VALID.fullmatch(given) else uuid4().hex)


def _log(request: HttpRequest, response: HttpResponseBase, started: float) -> HttpResponseBase:
    response[HEADER] = request_id.get() or ""
    route = f"/{request.resolver_match.route}" if request.resolver_match else None
    # The route and not the path: paths can carry secrets too, such as the link of a password reset.
    logger.info(
        "%s %s %d",
        request.method,
        route or "-",
        response.status_code,
        extra={
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "duration_ms": round((perf_counter() - started) * 1000, 1),
            "user_id": _known_user_id(request),
        },
    )
    return response


def _known_user_id(request: HttpRequest) -> int | None:
    """Return the user's id if the request has asked for its user; a log line is no reason for a query."""
    user = getattr(request, "_acached_user", None) or getattr(request, "user", None)
    if getattr(user, "_wrapped", None) is empty:
        return None
    return getattr(user, "pk", None)
