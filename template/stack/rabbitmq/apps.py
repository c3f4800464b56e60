"""RabbitMQ's configuration."""

from django.apps import AppConfig
from django.conf import settings

from stack.outbox.routes import Route, register
from stack.rabbitmq.sink import RabbitMQ


class RabbitMQConfig(AppConfig):
    """Has events go to RabbitMQ."""

    name = "stack.rabbitmq"
    label = "stack_rabbitmq"

    def ready(self) -> None:
        """Add the route."""
        register(
            Route(
                "rabbitmq",
                lambda event_type: f"/exchange/{settings.EVENTS_EXCHANGE}/{event_type}",
                lambda: RabbitMQ(settings.AMQP_URL),
            )
        )
