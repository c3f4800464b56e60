"""Logs: lines for people in development, JSON in production, each with the id of its request."""

from typing import Any

from stack.environment import PRODUCTION, env

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "stack.logging.context.RequestIdFilter"},
        "refusal": {"()": "stack.logging.routes.RefusalFilter"},
        "route": {"()": "stack.logging.routes.RouteFilter"},
    },
    "formatters": {
        "json": {"()": "stack.logging.formatters.JsonFormatter"},
        "console": {
            "()": "stack.logging.formatters.ConsoleFormatter",
            "format": "%(asctime)s %(levelname)-7s %(name)s [%(request_id)s] %(message)s",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "console",
            "filters": ["request_id"],
        },
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # What follows brings handlers of its own, or says again what the access line says.
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR", "filters": ["route"]},
        "django.security.csrf": {"filters": ["route"]},
        "django.server": {"handlers": [], "level": "CRITICAL"},
        "gunicorn.error": {"handlers": ["stderr"], "propagate": False, "filters": ["refusal"]},
    },
}
