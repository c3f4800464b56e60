"""Commands of stack.personal."""
