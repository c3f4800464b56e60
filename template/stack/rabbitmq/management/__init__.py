"""Commands of stack.rabbitmq."""
