"""Turns Sentry on."""

import sentry_sdk
from django.apps import AppConfig
from django.conf import settings
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint

from stack.logging.context import request_id


class SentryConfig(AppConfig):
    """Starts the client in each process that sets Django up: web, worker, Beat, command."""

    name = "stack.sentry"
    label = "stack_sentry"

    def ready(self) -> None:
        """Start the client, if there is an address to report to."""
        if not settings.SENTRY_DSN:
            return
        sentry_sdk.init(
            dsn=settings.SENTRY_DSN,
            environment=settings.SENTRY_ENVIRONMENT,
            release=settings.SENTRY_RELEASE or None,
            integrations=[DjangoIntegration(), CeleryIntegration()],
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
