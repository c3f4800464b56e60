"""Turns Sentry on."""

import sentry_sdk
from django.apps import AppConfig
from sentry_sdk.types import Event, Hint

from stack.logging.context import request_id
from stack.sentry.settings import SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_RELEASE


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
        )


def complete(event: Event, _hint: Hint) -> Event:
    """Tag an event with its request's id, and take out the query string: links carry tokens in it."""
    event.setdefault("tags", {})["request_id"] = request_id.get() or ""
    event.get("request", {}).pop("query_string", None)
    return event
