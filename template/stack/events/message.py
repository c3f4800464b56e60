"""An event as it arrives: what CloudEvents say of it, and its payload, checked against its schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from pydantic import BaseModel, ValidationError

from stack.events.registry import EventError, EventType, parse


@dataclass(frozen=True)
class Message[Payload: BaseModel]:  # noqa: D101  # it has one: pydocstyle can't read the brackets
    """An event that has arrived.

    Attributes:
        id: The event's, wherever and however often it arrives.
        type: Its type.
        key: What it happened to.
        time: When it was told.
        payload: What it says.
        headers: All of its headers.
    """

    id: UUID
    type: EventType
    key: str
    time: datetime
    payload: Payload
    headers: Mapping[str, str]


def read(headers: Mapping[str, Any], body: bytes) -> Message[Any]:
    """Read an event.

    Args:
        headers: CloudEvents' attributes among them, as `ce-id` and so on.
        body: JSON.

    Raises:
        EventError: It is too large, of no declared type, or not of its type's shape.
    """
    if len(body) > settings.EVENTS_MAX_BYTES:
        raise EventError(f"{len(body):,} bytes; an event has {settings.EVENTS_MAX_BYTES:,} at most.")
    words = {name: value for name, value in headers.items() if isinstance(value, str)}
    try:
        event_type = parse(words["ce-type"])
        identifier, time = UUID(words["ce-id"]), datetime.fromisoformat(words["ce-time"])
        key = words["ce-partitionkey"]
    except KeyError as error:
        raise EventError(f"It has no header {error}, as CloudEvents have.") from error
    except EventError:
        raise
    except ValueError as error:
        raise EventError(f"A header is none of CloudEvents: {error}") from error
    try:
        payload = event_type.schema.model_validate_json(body)
    except ValidationError as error:
        raise EventError(f"{event_type}: {error}") from error
    return Message(identifier, event_type, key, time, payload, words)
