"""The request that is being served, wherever the code is."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from inspect import iscoroutinefunction
from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)

Handler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@sync_and_async_middleware
def remember_request(get_response: Handler | AsyncHandler) -> Handler | AsyncHandler:
    """Keep the request at hand for entries: a service that changes a password is not told of requests."""
    if iscoroutinefunction(get_response):
        following = cast(AsyncHandler, get_response)

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            token = current_request.set(request)
            try:
                return await following(request)
            finally:
                current_request.reset(token)

        return answer_async

    handler = cast(Handler, get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        token = current_request.set(request)
        try:
            return handler(request)
        finally:
            current_request.reset(token)

    return answer
