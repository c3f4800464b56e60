"""Taking an event's effect: once, however often it is on the stream."""

from collections.abc import Mapping
from contextvars import copy_context
from functools import partial

from django.db import transaction

from stack import events
from stack.events import EventError, EventType, hooks, registry
from stack.inbox import taking
from stack.kafka.record import Record
from stack.kafka.registry import Handler, inbox_of
from stack.logging.context import caused_by


def take(group: str, record: Record, handlers: Mapping[EventType, Handler]) -> None:
    """Have a group's function take an event's effect, in the caller's transaction, unless it has already.

    An event of a type that the group does not read is passed over. Once the transaction is committed it is
    said what became of the event, in its own context: the line belongs to its request and its trace.

    Raises:
        EventError: It is no event, of no declared type, or of a version that the group has no function for.
        Exception: What the function raised.
    """
    if (wire := record.headers.get("ce-type")) and registry.parse(wire).name not in {
        each.name for each in handlers
    }:
        return
    message = events.read(record.headers, record.body)
    if message.type not in handlers:
        raise EventError(f"{group} reads no {message.type}.")
    with caused_by(message.headers.get(taking.CAUSE)), hooks.handled(message, group):
        if is_new := taking.enter(inbox_of(group), message):
            handlers[message.type](message)
        said = partial(taking.note, inbox_of(group), str(message.type), str(message.id), is_new)
        transaction.on_commit(partial(copy_context().run, said))
