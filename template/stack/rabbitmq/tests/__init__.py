"""Tests of events over RabbitMQ."""
