"""RabbitMQ's configuration."""

from django.apps import AppConfig
from django.conf import settings

from stack.outbox.routes import Route, register
from stack.rabbitmq.sink import RabbitMQ
from stack.rabbitmq.topology import destination


class RabbitMQConfig(AppConfig):
    """Has events go to RabbitMQ."""

    name = "stack.rabbitmq"
    label = "stack_rabbitmq"

    def ready(self) -> None:
        """Add the route."""
        register(
            Route(
                "rabbitmq",
                destination,
                lambda: RabbitMQ(settings.AMQP_URL),
            )
        )
