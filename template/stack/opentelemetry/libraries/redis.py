"""Redis."""

from opentelemetry.instrumentation.redis import RedisInstrumentor


def instrument() -> None:
    """Trace it."""
    RedisInstrumentor().instrument()
