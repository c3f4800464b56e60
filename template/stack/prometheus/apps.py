"""Serves the metrics beside Django's own server, which has none of gunicorn's hooks."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from stack.environment import env
from stack.prometheus.settings import PROMETHEUS_ADDR, PROMETHEUS_PORT


class PrometheusConfig(AppConfig):
    """Metrics in development."""

    name = "stack.prometheus"

    def ready(self) -> None:
        """Answer scrapes if this is the process that `runserver` serves from, or one of events."""
        if find_spec("stack.events"):
            import_module("stack.prometheus.events").measure()
        if PROMETHEUS_PORT and env.bool(DJANGO_AUTORELOAD_ENV, False):
            from prometheus_client import start_http_server  # pylint: disable=import-outside-toplevel

            start_http_server(PROMETHEUS_PORT, PROMETHEUS_ADDR)
