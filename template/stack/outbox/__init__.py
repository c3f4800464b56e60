"""Events that are committed with what they tell of, and published afterwards, whatever is killed."""

from stack.outbox.emitting import Event, NoTransaction, emit, emit_many

__all__ = ["Event", "NoTransaction", "emit", "emit_many"]
