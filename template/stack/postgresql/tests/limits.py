"""What the tests of time-outs share with their server, which has other addresses and is not imported."""

LOCK = 1_402_913
"""The key of an advisory lock."""
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
