"""Holds pages to their rates; the API's views ask for themselves, once they know who calls."""

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS

from stack.throttling.rates import WriteThrottle, page_scope
from stack.throttling.window import CountUnavailable


class ThrottleMiddleware(MiddlewareMixin):
    """Counts what is posted to the pages that THROTTLE_SCOPES names, with the API's of the same kind."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Refuse what is too much."""
        scope = page_scope(request)
        if scope is None or request.method in SAFE_METHODS:
            return None
        throttle = WriteThrottle()
        try:
            if throttle.allow(request, scope):
                return None
        except CountUnavailable as error:
            return _refusal(request, error)
        return _refusal(request, Throttled(throttle.wait()))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that asked whether somebody may guess, and was told that they may not."""
        return _refusal(request, exception) if isinstance(exception, Throttled | CountUnavailable) else None


def _refusal(request: HttpRequest, error: Throttled | CountUnavailable) -> HttpResponse:
    response = render(request, f"{error.status_code}.html", status=error.status_code)
    response["Retry-After"] = str(ceil(getattr(error, "wait", None) or 1))
    return response
