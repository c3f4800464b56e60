"""Events: what can be told of, and how it is read again, whatever carries it."""

from stack.events.message import Message, read
from stack.events.registry import EventError, EventType, UnknownType, declare, find

__all__ = ["EventError", "EventType", "Message", "UnknownType", "declare", "find", "read"]
