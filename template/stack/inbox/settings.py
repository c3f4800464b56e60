"""The inbox."""

from stack.environment import env

INBOX_KEEP_DAYS = env.int(
    "INBOX_KEEP_DAYS", 60
)  # longer than an event may be under way, or wait to be replayed
