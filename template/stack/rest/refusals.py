"""Middleware that answers some requests in the place of a view, and leaves the others alone."""

from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

Refusal = Callable[[HttpRequest], HttpResponseBase | None]
Handler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def refuses(refusal: Refusal) -> Callable[[Handler | AsyncHandler], Handler | AsyncHandler]:
    """Decorate a function, to make it a middleware; under ASGI it needs no thread.

    Args:
        refusal: Returns the answer, or None for a request that it does not refuse.
    """

    @sync_and_async_middleware
    @wraps(refusal)
    def middleware(get_response: Handler | AsyncHandler) -> Handler | AsyncHandler:
        if iscoroutinefunction(get_response):

            async def answer_async(request: HttpRequest) -> HttpResponseBase:
                return refusal(request) or await get_response(request)

            return answer_async

        handler = cast(Handler, get_response)

        def answer(request: HttpRequest) -> HttpResponseBase:
            return refusal(request) or handler(request)

        return answer

    return middleware
