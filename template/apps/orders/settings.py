"""What orders add to the settings: limits of their own, and their headers for scripts of other origins."""

from stack.cors.settings import CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS
from stack.environment import env
from stack.throttling.rate import rate
from stack.throttling.settings import THROTTLE_RATES

THROTTLE_RATES["orders"] = rate("THROTTLE_ORDERS", "60/min")

# What is not paid keeps its pieces from others. Of a user so many orders, and pieces in them; 0 for no limit.
ORDERS_UNPAID_MAX = env.int("ORDERS_UNPAID_MAX", 3)
ORDERS_UNPAID_PIECES = env.int("ORDERS_UNPAID_PIECES", 100)
ORDERS_UNPAID_MINUTES = env.int("ORDERS_UNPAID_MINUTES", 60)  # no fewer than one

CORS_ALLOW_HEADERS.append("idempotency-key")
CORS_EXPOSE_HEADERS.append("idempotency-replayed")
