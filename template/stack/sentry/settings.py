"""Sentry: off until SENTRY_DSN is set."""

from stack.environment import ENVIRONMENT, env

SENTRY_DSN: str = env.str("SENTRY_DSN", "")
SENTRY_ENVIRONMENT: str = env.str("SENTRY_ENVIRONMENT", ENVIRONMENT)
SENTRY_RELEASE: str = env.str("SENTRY_RELEASE", "")
