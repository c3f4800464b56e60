"""Puts the security headers on every answer, whoever gave it."""

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

Handler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@sync_and_async_middleware
def security_headers(get_response: Handler | AsyncHandler) -> Handler | AsyncHandler:
    """Add what an answer does not say itself.

    It stands first: Django's own middleware, which sends some of these, comes after the health
    checks, as it may redirect. Under ASGI it needs no thread.
    """
    headers = {
        "X-Content-Type-Options": "nosniff" if settings.SECURE_CONTENT_TYPE_NOSNIFF else None,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": settings.CROSS_ORIGIN_RESOURCE_POLICY,
        # What has been shown to somebody is not to be found again by the next one at the browser.
        "Cache-Control": "no-store",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_POLICY_DENIED),
    }

    def add(response: HttpResponseBase) -> HttpResponseBase:
        for name, value in headers.items():
            if value:
                response.headers.setdefault(name, value)
        return response

    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            return add(await get_response(request))

        return answer_async

    handler = cast(Handler, get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        return add(handler(request))

    return answer
