"""Commands of stack.outbox."""
