"""Commands of stack.kafka."""
