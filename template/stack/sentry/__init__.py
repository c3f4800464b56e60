"""Sentry: errors of requests and tasks, sent to where SENTRY_DSN says."""
