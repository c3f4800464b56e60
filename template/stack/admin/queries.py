"""What the query strings of the admin may ask of the database.

Django filters a list by whatever column and lookup stand there, and catches no error that comes of it later.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DataError
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponseBase

REFUSED = {"regex", "iregex"}
"""Lookups that could keep the database busy for as long as it lets them."""
UNREAD = (DataError, OverflowError, ValueError)
"""What comes of numbers with more places than PostgreSQL can count, and of years that Python has none of."""


def careful(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate a view, to refuse queries that no link of the admin leads to."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        for name, values in request.GET.lists():
            if any("\0" in text for text in (name, *values)):
                raise BadRequest("The query has a NUL, which PostgreSQL has no text for.")
            if REFUSED.intersection(name.split(LOOKUP_SEP)):
                raise BadRequest("The query looks something up by a regular expression.")
        try:
            return view(request, *args, **kwargs)
        except UNREAD as error:
            if not request.GET or request.method not in ("GET", "HEAD"):
                raise
            raise BadRequest("The query has a value that the database cannot read.") from error

    return checked
