"""Commands of stack.retention."""
