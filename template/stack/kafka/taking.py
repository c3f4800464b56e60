"""Taking an event's effect: once, however often it is on the stream."""

from collections.abc import Mapping

from stack import events
from stack.events import EventError, EventType, hooks, registry
from stack.inbox import taking
from stack.kafka.connection import logger
from stack.kafka.record import Record
from stack.kafka.registry import Handler, inbox_of
from stack.logging.context import request_id


def take(group: str, record: Record, handlers: Mapping[EventType, Handler]) -> bool | None:
    """Have a group's function take an event's effect, in the caller's transaction, unless it has already.

    Returns:
        Whether it was not yet; None, if the group does not read such events.

    Raises:
        EventError: It is no event, of no declared type, or of a version that the group has no function for.
        Exception: What the function raised.
    """
    if (wire := record.headers.get("ce-type")) and registry.parse(wire).name not in {
        each.name for each in handlers
    }:
        return None
    message = events.read(record.headers, record.body)
    if message.type not in handlers:
        raise EventError(f"{group} reads no {message.type}.")
    context = request_id.set(message.headers.get("dop-correlation-id"))
    try:
        with hooks.handled(message, group):
            if is_new := taking.enter(inbox_of(group), message):
                handlers[message.type](message)
    finally:
        request_id.reset(context)
    return is_new


def log(group: str, record: Record, is_new: bool) -> None:
    """Say what became of an event, once it is committed."""
    hooks.count("taken" if is_new else "duplicate", 1, group=inbox_of(group))
    context = request_id.set(record.headers.get("dop-correlation-id"))
    try:
        logger.info(
            "event %s %s %s: %s",
            record.headers.get("ce-type"),
            record.identifier,
            inbox_of(group),
            "taken" if is_new else "known already",
        )
    finally:
        request_id.reset(context)
