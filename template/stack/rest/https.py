"""Programs that call by plain HTTP are refused, not sent on.

One that is sent on works, and goes on telling everybody on the way its token, with each call and unnoticed.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from stack.rest.handlers import API_PATH
from stack.rest.problems import problem_response
from stack.rest.refusals import refuses


@refuses
def https_only(request: HttpRequest) -> HttpResponseBase | None:
    """Refuse what comes to the API by plain HTTP, where pages are redirected to HTTPS."""
    if request.is_secure() or not settings.SECURE_SSL_REDIRECT or not request.path.startswith(API_PATH):
        return None
    detail = "The API is for HTTPS alone. What was sent just now could be read on the way: change it."
    return problem_response(request, HTTPStatus.FORBIDDEN, detail, code="https_required")
