"""Taking an event's effect: once, however often it is on the stream."""

from collections.abc import Mapping

from stack import events
from stack.events import EventError, EventType, hooks, registry
from stack.inbox import taking
from stack.kafka.record import Record
from stack.kafka.registry import Handler, inbox_of
from stack.logging.context import caused_by


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
    with caused_by(message.headers.get(taking.CAUSE)), hooks.handled(message, group):
        if is_new := taking.enter(inbox_of(group), message):
            handlers[message.type](message)
    return is_new


def log(group: str, record: Record, is_new: bool) -> None:
    """Say what became of an event, once it is committed."""
    with caused_by(record.headers.get(taking.CAUSE)):
        taking.note(inbox_of(group), record.headers.get("ce-type", ""), record.identifier, is_new)
