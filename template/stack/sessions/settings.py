"""Sessions of browsers, whose rows know whose they are."""

from datetime import timedelta

from stack.environment import env

SESSION_ENGINE = "stack.sessions.store"
SESSION_COOKIE_AGE = int(timedelta(days=env.int("SESSION_DAYS", 14)).total_seconds())

# The ways to be logged in: dotted paths of modules with what `stack.sessions.logins.Kind` describes.
LOGIN_KINDS = ["stack.sessions.browsers"]
