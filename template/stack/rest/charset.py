"""Requests are written in UTF-8, or refused before Django reads them.

Django takes the charset of ``Content-Type`` for the body, for forms and even for the query string, and takes
any that Python has a codec for. Of ``base64`` or ``undefined`` its request dies while it is being made,
where no middleware and no error handler is yet: the server's bare 500. So these wrap the application itself.
"""

import codecs
from collections.abc import Awaitable, Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.http import parse_header_parameters

from stack.rest.problems import CONTENT_TYPE, problem_document

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
ASGIApplication = Callable[[Scope, Receive, Send], Awaitable[None]]

STATUS = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


def utf8_wsgi(application: "WSGIApplication") -> "WSGIApplication":
    """Wrap a WSGI application."""

    def wrapped(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if _is_utf8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        document = _document(environ.get("PATH_INFO", ""))
        headers = [("Content-Type", CONTENT_TYPE), ("Content-Length", str(len(document)))]
        start_response(f"{STATUS.value} {STATUS.phrase}", headers)
        return [document]

    return wrapped


def utf8_asgi(application: ASGIApplication) -> ASGIApplication:
    """Wrap an ASGI application."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or all(
            _is_utf8(value.decode("latin-1")) for name, value in scope["headers"] if name == b"content-type"
        ):
            return await application(scope, receive, send)
        document = _document(scope["path"])
        headers = [(b"content-type", CONTENT_TYPE.encode()), (b"content-length", b"%d" % len(document))]
        await send({"type": "http.response.start", "status": STATUS.value, "headers": headers})
        await send({"type": "http.response.body", "body": document})

    return wrapped


def _is_utf8(content_type: str) -> bool:
    if ";" not in content_type:
        return True
    try:
        _, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name == "utf-8"
    except (LookupError, ValueError):
        return False


def _document(path: str) -> bytes:
    return problem_document(path, STATUS, "The request must be written in UTF-8.", code="unsupported_charset")
