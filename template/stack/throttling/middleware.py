"""Holds pages to their rates; the API's views ask for themselves, once they know who calls."""

from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from stack.rest.handlers import API_PATH
from stack.throttling.rates import WriteThrottle, scope_of


class ThrottleMiddleware(MiddlewareMixin):
    """Counts what is posted to the pages that THROTTLE_SCOPES names, with the API's of the same kind."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Refuse what is too much."""
        if request.path.startswith(API_PATH) or not scope_of(request):
            return None
        throttle = WriteThrottle()
        if throttle.allow_request(request):  # type: ignore[arg-type]  # what it asks for, both kinds have
            return None
        response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(ceil(throttle.wait()))
        return response
