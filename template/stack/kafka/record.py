"""An event as Kafka has it: CloudEvents' Kafka binding, in binary mode."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from confluent_kafka import Message

ATTRIBUTE, HERE = "ce_", "ce-"
"""How the names of CloudEvents' attributes begin in Kafka, and in the other headers of this project."""
OWN = "x-"
"""How the names begin of what a dead letter says of itself."""
CONTENT_TYPE = ("content-type", b"application/json")


@dataclass(frozen=True)
class Record:
    """An event in a partition.

    Attributes:
        topic: The topic.
        partition: Its partition.
        offset: The position there.
        key: What it happened to.
        headers: The event's, with CloudEvents' attributes as `ce-id` and so on.
        body: JSON.
    """

    topic: str
    partition: int
    offset: int
    key: bytes | None
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, message: Message) -> Self:
        """Make one of what the client gives."""
        topic, partition, offset = message.topic(), message.partition(), message.offset()
        assert topic is not None and partition is not None and offset is not None
        return cls(
            topic,
            partition,
            offset,
            _bytes(message.key()),
            _read(message.headers() or []),
            _bytes(message.value()) or b"",
        )

    @property
    def identifier(self) -> str:
        """The event's identifier, or what stands for it."""
        return (self.headers.get("ce-id") or f"{self.topic}[{self.partition}]@{self.offset}")[:100]


def write(headers: Mapping[str, str]) -> list[tuple[str, str | bytes | None]]:
    """Make Kafka's headers of an event's."""
    return [
        CONTENT_TYPE,
        *(
            (f"{ATTRIBUTE}{name[len(HERE):]}" if name.startswith(HERE) else name, str(value).encode())
            for name, value in headers.items()
            if name != CONTENT_TYPE[0]
        ),
    ]


def _read(headers: object) -> dict[str, str]:
    found = {}
    for name, value in headers if isinstance(headers, list) else []:
        if value is not None:
            here = f"{HERE}{name[len(ATTRIBUTE):]}" if name.startswith(ATTRIBUTE) else name
            found[here] = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return found


def _bytes(value: bytes | str | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value
