"""Requests are written in UTF-8, or refused before Django reads them.

Django takes the charset of ``Content-Type`` for the body, for forms and even for the query string, and takes
any that Python has a codec for. Of ``base64`` or ``undefined`` its request dies while it is being made,
where no middleware and no error handler is yet: the server's bare 500. So two functions wrap the application
itself, and put in another's place one that Django passes over; and a middleware refuses that, so that the
answer has its headers and its line in the log as every other.
"""

import codecs
from collections.abc import Awaitable, Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import parse_header_parameters

from stack.rest.problems import problem_response
from stack.rest.refusals import refuses

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
ASGIApplication = Callable[[Scope, Receive, Send], Awaitable[None]]

CONTENT_TYPE = b"content-type"
UNREADABLE = "unreadable"
"""A charset that there is none of."""
INSTEAD = f"application/octet-stream; charset={UNREADABLE}"


def utf8_wsgi(application: "WSGIApplication") -> "WSGIApplication":
    """Wrap a WSGI application."""

    def wrapped(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not _is_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = INSTEAD
        return application(environ, start_response)

    return wrapped


def utf8_asgi(application: ASGIApplication) -> ASGIApplication:
    """Wrap an ASGI application."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not all(
            _is_utf8(value.decode("latin-1")) for name, value in scope["headers"] if name == CONTENT_TYPE
        ):
            others = [(name, value) for name, value in scope["headers"] if name != CONTENT_TYPE]
            scope = {**scope, "headers": [*others, (CONTENT_TYPE, INSTEAD.encode())]}
        await application(scope, receive, send)

    return wrapped


@refuses
def utf8_only(request: HttpRequest) -> HttpResponseBase | None:
    """Refuse what the functions above have marked."""
    if (request.content_params or {}).get("charset") != UNREADABLE:
        return None
    detail = "The request must be written in UTF-8."
    return problem_response(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, code="unsupported_charset")


def _is_utf8(content_type: str) -> bool:
    if ";" not in content_type:
        return True
    try:
        _, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name == "utf-8"
    except (LookupError, ValueError):
        return False
