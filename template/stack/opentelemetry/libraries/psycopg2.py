"""SQL."""

from opentelemetry.instrumentation.psycopg2 import Psycopg2Instrumentor


def instrument() -> None:
    """Trace it."""
    Psycopg2Instrumentor().instrument()
