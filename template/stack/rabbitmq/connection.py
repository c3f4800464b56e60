"""Connections to RabbitMQ, which give up on a broker that hangs."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp

PERSISTENT = 2
PATIENCE = 5
"""Seconds that the broker gets to connect, to read and to write."""


def connect(url: str, *, heartbeat: int = 0) -> amqp.Connection:
    """Connect.

    Args:
        url: Such as `amqp://user:password@host:5672/virtual-host`; `amqps` checks the server's certificate.
        heartbeat: Seconds after which either side takes the other for dead; 0 leaves it to the system.

    Raises:
        amqp.AMQPError: The broker refused.
        OSError: It can't be reached, or hangs.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "amqps"
    connection = amqp.Connection(
        f"{parts.hostname}:{parts.port or (5671 if secure else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        ssl={"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": parts.hostname} if secure else False,
        heartbeat=heartbeat,
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        write_timeout=PATIENCE,
    )
    connection.connect()
    return connection


@contextmanager
def connected(url: str, *, heartbeat: int = 0) -> Iterator[amqp.Connection]:
    """Connect as `connect` does, and take leave afterwards; after an error, without a word."""
    connection = connect(url, heartbeat=heartbeat)
    try:
        yield connection
        with suppress(OSError, amqp.AMQPError):
            connection.close()
    finally:
        drop(connection)


def drop(connection: amqp.Connection) -> None:
    """Let a connection go, without a word to a broker that may hang."""
    with suppress(OSError, amqp.AMQPError):
        connection.collect()


def persistent(body: bytes, headers: dict[str, Any], **properties: Any) -> amqp.Message:
    """Make a message of JSON that outlives the broker.

    Args:
        body: What it says.
        headers: The event's.
        properties: Others of AMQP's.
    """
    return amqp.Message(
        body,
        content_type="application/json",
        delivery_mode=PERSISTENT,
        application_headers=headers,
        **properties,
    )
