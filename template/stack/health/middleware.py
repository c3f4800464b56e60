"""Answers probes before anything else does."""

import logging
from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.decorators import sync_and_async_middleware
from django.utils.log import log_response
from django.views.decorators.http import require_safe

from stack.health.checks import failures

Handler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]

LIVE, READY = "/health/live", "/health/ready"
NO_STORE = {"Cache-Control": "no-store"}

logger = logging.getLogger(__name__)


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers: no more, as a restart would help with nothing else."""
    return JsonResponse({"status": "live"}, headers=NO_STORE)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether requests should be sent here now."""
    reasons = failures()
    checks = {
        name: {"status": "down", "reason": reasons[name]} if name in reasons else {"status": "up"}
        for name in settings.HEALTH_CHECKS
    }
    status, code = ("unready", 503) if reasons else ("ready", 200)
    response = JsonResponse({"status": status, "checks": checks}, status=code, headers=NO_STORE)
    if reasons:
        # Django logs every 5xx that nobody has logged, as an error; that PostgreSQL is away is none of ours.
        log_response("unready", response=response, request=request, logger=logger, level="warning")
    return response


ask: AsyncHandler = sync_to_async(ready, thread_sensitive=False)


@sync_and_async_middleware
def health(get_response: Handler | AsyncHandler) -> Handler | AsyncHandler:
    """Answer ``/health/live`` and ``/health/ready`` whatever else is wrong.

    It stands first, so that no host check, redirect or session comes in between: probes come by
    plain HTTP, and call a container by its address.
    """
    if iscoroutinefunction(get_response):
        following = cast(AsyncHandler, get_response)

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            if request.path_info == LIVE:
                return live(request)
            if request.path_info == READY:
                return await ask(request)
            return await following(request)

        return answer_async

    handler = cast(Handler, get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        return {LIVE: live, READY: ready}.get(request.path_info, handler)(request)

    return answer
