"""What answers when no view did: a problem document to clients of the API, a page to people.

``config.urls`` names these as its ``handler400`` and so on. The pages are the templates ``400.html``,
``403.html``, ``404.html`` and ``500.html``.
"""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template
from django.views import defaults

from stack.rest.problems import CONTENT_TYPE, problem_response

API_PATH = "/api/"
MEDIA_TYPES = ["text/html", "application/json", CONTENT_TYPE]
"""What can be answered; of equals, the first, which is the page."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a request that could not be read: a forged Host, too many fields, a body too large."""
    if not _wants_problem(request):
        return defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return problem_response(request, status, "The body is too large.", code="too_large")
    return problem_response(
        request, HTTPStatus.BAD_REQUEST, "The request cannot be read.", code="bad_request"
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a request that is not allowed."""
    if not _wants_problem(request):
        return defaults.permission_denied(request, exception)
    return problem_response(request, HTTPStatus.FORBIDDEN, "You may not do this.", code="permission_denied")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a request for an address that leads nowhere."""
    if not _wants_problem(request):
        return defaults.page_not_found(request, exception)
    return problem_response(
        request, HTTPStatus.NOT_FOUND, "There is nothing at this address.", code="not_found"
    )


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer a request that met a fault of ours; no database or template context is asked for."""
    if not _wants_problem(request):
        return defaults.server_error(request)
    return problem_response(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong on our side; it has been logged.",
        code="server_error",
    )


def unavailable(request: HttpRequest) -> HttpResponseBase:
    """Answer a request that was cut off since it took too long; it may be tried again."""
    if _wants_problem(request):
        response = problem_response(
            request,
            HTTPStatus.SERVICE_UNAVAILABLE,
            "This took too long, and was cut off. Try again in a moment.",
            code="timeout",
        )
    else:
        response = HttpResponse(get_template("503.html").render(), status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "1"
    return response


def _wants_problem(request: HttpRequest) -> bool:
    if request.path.startswith(API_PATH):
        return True
    try:
        return request.get_preferred_type(MEDIA_TYPES) not in ("text/html", None)
    except ValueError:  # an Accept that cannot be read, or not in good time
        return False
