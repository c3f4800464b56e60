"""Publishing one message, for sure."""

import amqp
from amqp.exceptions import MessageNacked

from stack.rabbitmq.connection import PATIENCE


class Confirmed:
    """A channel on which a message is published once the broker has it, in a queue."""

    def __init__(self, connection: amqp.Connection) -> None:
        """Open it."""
        self._channel = connection.channel()
        self._channel.events["basic_return"].add(self._on_return)
        self._was_returned = False

    def publish(self, message: amqp.Message, queue: str) -> None:
        """Put a message into a queue.

        Raises:
            OSError: There is no such queue, it is full, or the broker has not confirmed it in time.
            amqp.AMQPError: The broker refused it.
        """
        self._was_returned = False
        try:
            self._channel.basic_publish_confirm(message, "", queue, mandatory=True, confirm_timeout=PATIENCE)
        except MessageNacked as error:  # which is of no family
            raise OSError(f"{queue} has no room") from error
        if self._was_returned:
            raise OSError(f"there is no queue {queue}")

    def _on_return(self, *_: object) -> None:
        self._was_returned = True
