"""Turns Sentry on."""

from typing import cast
from urllib.parse import urlsplit

import sentry_sdk
from django.apps import AppConfig
from sentry_sdk.types import Breadcrumb, BreadcrumbHint, Event, Hint

from stack.logging.context import request_id
from stack.sentry.settings import SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_RELEASE

HEADERS = {"Accept", "Content-Length", "Content-Type", "Host", "User-Agent"}
"""Those that are told: a Referer has the link of a password reset, and others have who knows what."""
PARTS = ("http.query", "http.fragment", "url.query", "url.fragment", "redis.key")


class SentryConfig(AppConfig):
    """Starts the client in each process that sets Django up; the SDK finds out what else is installed."""

    name = "stack.sentry"
    label = "stack_sentry"

    def ready(self) -> None:
        """Start the client, if there is an address to report to."""
        if not SENTRY_DSN:
            return
        sentry_sdk.init(
            dsn=SENTRY_DSN,
            environment=SENTRY_ENVIRONMENT,
            release=SENTRY_RELEASE or None,
            send_default_pii=False,
            include_local_variables=False,  # they hold passwords under any name
            max_request_body_size="never",
            before_send=complete,
            before_breadcrumb=shorten,
        )


def complete(event: Event, _hint: Hint) -> Event:
    """Tag an event with its request's id, and take out what carries tokens: path, query string and headers.

    Its transaction is the route.
    """
    event.setdefault("tags", {})["request_id"] = request_id.get() or ""
    if request := event.get("request"):
        request.pop("query_string", None)
        url = urlsplit(str(request.get("url", "")))
        request["url"] = f"{url.scheme}://{url.netloc}"
        headers = cast("dict[str, str]", request.get("headers", {}))
        request["headers"] = {name: value for name, value in headers.items() if name in HEADERS}
    return event


def shorten(crumb: Breadcrumb, _hint: BreadcrumbHint) -> Breadcrumb:
    """Take out of what a process noted of a call what may be secret: a query's signature, a key of Redis."""
    data = crumb.get("data") or {}
    if crumb.get("category") == "redis":
        crumb["message"] = str(crumb.get("message")).partition(" ")[0]
    crumb["data"] = {name: value for name, value in data.items() if name not in PARTS}
    return crumb
