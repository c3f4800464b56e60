"""How writes are counted."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:  # the framework's views import this module
    from rest_framework.views import APIView


def scope_of(request: HttpRequest | Request) -> str | None:
    """Return what THROTTLE_SCOPES says of the request's address."""
    match = request.resolver_match
    return settings.THROTTLE_SCOPES.get(match.view_name) if match else None


class WriteThrottle(SimpleRateThrottle):
    """Counts the writes of each user, or of each address for anonymous ones, in windows of fixed length.

    Reads are not counted: they are cheap, and should not pay for a round trip to the cache.

    The framework's own throttles read a list of times, change it and write it back, so that many requests
    at one moment count as one: just what somebody who guesses passwords would send. A counter can't be
    raced. In exchange, up to twice the rate may pass around the end of a window.
    """

    num_requests: int
    duration: int
    now = 0.0

    def __init__(self) -> None:  # pylint: disable=super-init-not-called  # it asks for a rate
        """Do nothing: the rate is known once the request is."""

    def get_cache_key(self, request: Request, view: "APIView | None" = None) -> str:
        """Return the key that counts this caller in the present window."""
        caller = request.user.pk if request.user.is_authenticated else self.get_ident(request)
        window = int(self.now // self.duration)
        return self.cache_format % {"scope": self.scope, "ident": f"{caller}_{window}"}

    def allow_request(self, request: Request, view: "APIView | None" = None) -> bool:
        """Count the request, and say whether it is still within the rate."""
        if request.method in SAFE_METHODS:
            return True
        self.scope = scope_of(request) or ("user" if request.user.is_authenticated else "anon")
        rate = settings.THROTTLE_RATES[self.scope]
        if not (rate and settings.THROTTLING):
            return True
        self.num_requests, self.duration = self.parse_rate(rate)  # type: ignore[assignment]
        self.now = self.timer()
        key = self.get_cache_key(request)
        if self.cache.add(key, 1, timeout=self.duration):
            return self.num_requests > 0
        try:
            return self.cache.incr(key) <= self.num_requests
        except ValueError:  # expired since: its window is over
            return True

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return self.duration - self.now % self.duration
