"""The audit: who did what to whom, from where; added to, and never changed."""

from stack.environment import env
from stack.logging.settings import LOGGING

# Days that an entry is kept, from when it is written: until then the database refuses to delete it.
AUDIT_RETENTION_DAYS = env.int("AUDIT_RETENTION_DAYS", 365)

LOGGING["loggers"]["audit"] = {"level": "INFO"}  # whatever LOG_LEVEL is
