"""RabbitMQ: carries events from the outbox to the consumers, and keeps those that nobody could take."""
