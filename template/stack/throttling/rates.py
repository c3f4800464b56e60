"""How writes are counted."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from stack.rest.addresses import caller_network, client_address
from stack.throttling.window import CountUnavailable, admit, rate_of

if TYPE_CHECKING:  # the framework's views import this module
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


def page_scope(request: HttpRequest) -> str | None:
    """Return what THROTTLE_SCOPES says of a page's address."""
    match = request.resolver_match
    return settings.THROTTLE_SCOPES.get(match.view_name) if match else None


class WriteThrottle(BaseThrottle):
    """Counts the writes of each user, or of each address for anonymous ones, by the kind that the view names.

    What is of THROTTLE_BY_ADDRESS is counted of the address of users, too.

    Reads are not counted: they are cheap, and should not pay for a round trip to the cache; but those of a
    view that says `throttle_reads` are.
    """

    seconds = 0.0

    def allow_request(self, request: Request, view: "APIView | None" = None) -> bool:
        """Count the request, and say whether it is within the rate.

        Raises:
            CountUnavailable: It can't be counted, and is of a kind that does not pass uncounted.
        """
        if request.method in SAFE_METHODS and not getattr(view, "throttle_reads", False):
            return True
        kind = "user" if request.user.is_authenticated else "anon"
        return self.allow(request, getattr(view, "throttle_scope", None) or kind)

    def allow(self, request: HttpRequest | Request, scope: str) -> bool:
        """Count a request of this kind, and say whether it is within the rate.

        Raises:
            CountUnavailable: It can't be counted, and is of a kind that does not pass uncounted.
        """
        rate = rate_of(scope)
        if rate is None:
            return True
        try:
            self.seconds = max(admit(f"{scope}:{caller}", rate) for caller in _callers(request, scope))
        except CountUnavailable:
            if scope in settings.THROTTLE_FAILS_CLOSED:
                raise
            logger.warning("a write of the kind %s passes uncounted: Redis does not answer", scope)
        return not self.seconds

    def wait(self) -> float:
        """Return the seconds until the next one would be let in."""
        return self.seconds


def _callers(request: HttpRequest | Request, scope: str) -> Iterator[str]:
    if request.user.is_authenticated:
        yield str(request.user.pk)
    if not request.user.is_authenticated or scope in settings.THROTTLE_BY_ADDRESS:
        yield caller_network(client_address(request))
