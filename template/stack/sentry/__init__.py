"""Sentry: unexpected errors, sent to where SENTRY_DSN says."""
