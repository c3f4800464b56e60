"""What orders add to the settings: a rate of their own, and their headers for scripts of other origins."""

from stack.cors.settings import CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS
from stack.throttling.rate import rate
from stack.throttling.settings import THROTTLE_RATES

THROTTLE_RATES["orders"] = rate("THROTTLE_ORDERS", "60/min")

CORS_ALLOW_HEADERS.append("idempotency-key")
CORS_EXPOSE_HEADERS.append("idempotency-replayed")
