"""What is refused before any view sees it."""

import codecs
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase

from stack.rest.problems import problem_response


class UnicodeOnly:
    """Refuses requests that say they are written in anything but UTF-8.

    Django takes the charset of ``Content-Type`` for the body, the form and even the query string, and
    takes any that Python has a codec for; ``base64`` or ``idna`` then fail in the midst of a view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the rest of the stack."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 415, or pass the request on."""
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            return problem_response(
                request,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                "The request must be encoded in UTF-8.",
                code="unsupported_charset",
            )
        return self.get_response(request)
