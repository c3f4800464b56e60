"""How to reach the brokers."""

import logging
from typing import Any

from django.conf import settings

PATIENCE = 5
"""Seconds that brokers get to answer, and to confirm what they were sent."""

logger = logging.getLogger("stack.kafka")


def configuration(**more: Any) -> dict[str, Any]:
    """Return what a client needs to know.

    Args:
        more: Properties of librdkafka, with underscores for points.
    """
    known: dict[str, Any] = {
        "bootstrap.servers": settings.KAFKA_BROKERS,
        "security.protocol": settings.KAFKA_SECURITY_PROTOCOL,
        "socket.timeout.ms": 2 * PATIENCE * 1000,
        "reconnect.backoff.max.ms": PATIENCE * 1000,
        "log.connection.close": False,
    }
    if settings.KAFKA_CA_FILE:
        known["ssl.ca.location"] = settings.KAFKA_CA_FILE
    if settings.KAFKA_SECURITY_PROTOCOL.startswith("SASL"):
        known["sasl.mechanism"] = settings.KAFKA_SASL_MECHANISM
        known["sasl.username"] = settings.KAFKA_SASL_USERNAME
        known["sasl.password"] = settings.KAFKA_SASL_PASSWORD
    return known | {name.replace("_", "."): value for name, value in more.items()}
