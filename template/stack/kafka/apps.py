"""Kafka's configuration."""

from django.apps import AppConfig

from stack.kafka.sink import Kafka
from stack.kafka.topics import topic_of
from stack.outbox.routes import Route, register


class KafkaConfig(AppConfig):
    """Has events go to Kafka."""

    name = "stack.kafka"
    label = "kafka"

    def ready(self) -> None:
        """Add the route."""
        register(Route("kafka", lambda event_type: f"/kafka/{topic_of(event_type.name)}", Kafka))
