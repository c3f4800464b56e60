"""One format for every error: problem documents (RFC 9457)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, NotRequired, TypedDict

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from stack.errors import Conflict, DomainError, Rejected

CONTENT_TYPE = "application/problem+json"
MAX_ERRORS = 100
MAX_MESSAGE = 500
"""Characters; messages quote the input, and an answer must not grow with it."""
STATUS_OF_DOMAIN_ERRORS: dict[type[DomainError], HTTPStatus] = {
    Conflict: HTTPStatus.CONFLICT,
    Rejected: HTTPStatus.UNPROCESSABLE_ENTITY,
}
RULES = re.compile("does_not_exist|duplicate|expired|invalid_extension|(image|password)_.*")
"""Errors that no schema can foresee: the value is well-formed, but what it names or holds won't do."""


class FieldError(TypedDict):
    """What is wrong with one part of the request."""

    field: str
    message: str
    code: str


class Problem(TypedDict):
    """A problem document; ``code`` and ``errors`` are our extensions of the RFC's members."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: NotRequired[list[FieldError]]


def problem_document(
    path: str, status: HTTPStatus, detail: str, *, code: str, errors: Sequence[FieldError] = ()
) -> bytes:
    """Write a problem document.

    Args:
        path: The path of the request, which becomes ``instance``.
        status: The status, which also gives the title.
        detail: One sentence for people.
        code: One word for programs.
        errors: What is wrong, part by part.

    Returns:
        JSON.
    """
    problem: Problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail[:MAX_MESSAGE],
        "instance": escape_uri_path(path),
        "code": code,
    }
    if errors:
        problem["errors"] = list(errors[:MAX_ERRORS])
    return orjson.dumps(problem)


def problem_response(
    request: HttpRequest,
    status: HTTPStatus,
    detail: str,
    *,
    code: str,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    """Answer with a problem document; see `problem_document`.

    Needs neither a renderer nor the database, so that it works when those don't.
    """
    document = problem_document(request.path, status, detail, code=code, errors=errors)
    return HttpResponse(document, status=status, content_type=CONTENT_TYPE)


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Turn what a view of the API raised into a problem document (the REST framework's hook).

    Args:
        error: What was raised.
        context: The view's; holds the request.

    Returns:
        The response; None for a fault of ours, which Django then logs and ``handlers`` answers.
    """
    request = context["request"]
    set_rollback()
    if isinstance(error, DomainError):
        return problem_response(request, _status(error), error.detail, code=error.code)
    if isinstance(error, RequestDataTooBig):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return problem_response(request, status, "The body is too large.", code="too_large")
    known = _as_api_exception(error)
    return None if known is None else _api_response(request, known)


def _as_api_exception(error: Exception) -> exceptions.APIException | None:
    known: exceptions.APIException | None = None
    match error:
        case exceptions.APIException():
            known = error
        case DjangoValidationError():
            known = exceptions.ValidationError(get_error_detail(error))
        case Http404():
            known = exceptions.NotFound()
        case PermissionDenied():
            known = exceptions.PermissionDenied()
        case SuspiciousOperation() | UnreadablePostError():
            known = exceptions.ParseError("The request cannot be read.")
    return known


def _status(error: DomainError) -> HTTPStatus:
    """Return the status of the nearest class that has one."""
    return next(
        STATUS_OF_DOMAIN_ERRORS[kind]
        for kind in (*type(error).__mro__, Rejected)
        if kind in STATUS_OF_DOMAIN_ERRORS
    )


def _status_of_code(code: str) -> HTTPStatus:
    if code == "unique":
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if RULES.fullmatch(code) else HTTPStatus.BAD_REQUEST


def _api_response(request: HttpRequest, error: exceptions.APIException) -> HttpResponse:
    if isinstance(error, exceptions.ValidationError):
        errors = list(_field_errors(error.detail))
        return problem_response(
            request,
            # What breaks the schema comes first.
            min((_status_of_code(error["code"]) for error in errors), default=HTTPStatus.BAD_REQUEST),
            "The request is not valid; errors says where.",
            code="invalid",
            errors=errors,
        )
    # Other libraries' exceptions may hold a mapping where the framework's own hold a sentence.
    detail = error.detail["detail"] if isinstance(error.detail, dict) else error.detail
    code = getattr(detail, "code", None) or error.default_code
    response = problem_response(request, HTTPStatus(error.status_code), str(detail), code=code)
    if challenge := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = int(wait)
    return response


def _field_errors(detail: Any, pointer: str = "") -> Iterator[FieldError]:
    """Flatten the framework's nested errors into JSON pointers (RFC 6901)."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            step = str(key).replace("~", "~0").replace("/", "~1")
            whole = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from _field_errors(value, pointer if whole else f"{pointer}/{step}")
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            yield from _field_errors(value, pointer if isinstance(value, str) else f"{pointer}/{index}")
    else:
        yield {
            "field": pointer[:MAX_MESSAGE],
            "message": str(detail)[:MAX_MESSAGE],
            "code": getattr(detail, "code", None) or "invalid",
        }
