"""Commands of stack.postgresql."""
