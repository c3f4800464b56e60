"""The outbox: events leave the database by `manage.py publish`."""

from stack.environment import env

OUTBOX_TRIES = env.int("OUTBOX_TRIES", 10)  # then an event is set aside, for somebody to look at
OUTBOX_KEEP_DAYS = env.int("OUTBOX_KEEP_DAYS", 30)  # of those that were sent
