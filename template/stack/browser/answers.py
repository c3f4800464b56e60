"""Which policy an answer has: a page's is made for it, and what shows nothing has one that allows nothing."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class PolicyMiddleware(CSPMiddleware):
    """The library's, but for JSON: to make a policy anew took a tenth of the time of a read over the API."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the policy, unless the answer has one."""
        if "json" in response.headers.get("Content-Type", ""):
            response.headers.setdefault(HEADER, NOTHING)
            return response
        return super().process_response(request, response)
