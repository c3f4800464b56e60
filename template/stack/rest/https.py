"""Programs that call by plain HTTP are refused, not sent on.

One that is sent on works, and goes on telling everybody on the way its token, with each call and unnoticed.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from inspect import iscoroutinefunction
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from stack.rest.handlers import API_PATH
from stack.rest.problems import problem_response

Handler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@sync_and_async_middleware
def https_only(get_response: Handler | AsyncHandler) -> Handler | AsyncHandler:
    """Refuse what comes to the API by plain HTTP, where pages are redirected to HTTPS."""

    def refusal(request: HttpRequest) -> HttpResponseBase | None:
        if request.is_secure() or not settings.SECURE_SSL_REDIRECT or not request.path.startswith(API_PATH):
            return None
        detail = "The API is for HTTPS alone. What was sent just now could be read on the way: change it."
        return problem_response(request, HTTPStatus.FORBIDDEN, detail, code="https_required")

    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            return refusal(request) or await get_response(request)

        return answer_async

    handler = cast(Handler, get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        return refusal(request) or handler(request)

    return answer
