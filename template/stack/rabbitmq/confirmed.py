"""Publishing one message, for sure."""

import amqp
from amqp.exceptions import AMQPError, MessageNacked

from stack.rabbitmq.connection import PATIENCE, connect, drop


class Confirmed:
    """A connection on which a message is published once the broker has it, in a queue.

    One of its own: a broker that is short of memory reads nothing more from connections that publish, answers
    of consumers included. It is made when it is needed.
    """

    def __init__(self, url: str) -> None:
        """Remember where the broker is."""
        self._url = url
        self._connection: amqp.Connection | None = None
        self._was_returned = False

    def publish(self, message: amqp.Message, queue: str) -> None:
        """Put a message into a queue.

        Raises:
            OSError: There is no such queue, it is full, or the broker has not confirmed it in time.
            amqp.AMQPError: The broker refused it.
        """
        try:
            channel = self._connected()
            channel.basic_publish_confirm(message, "", queue, mandatory=True, confirm_timeout=PATIENCE)
        except MessageNacked as error:  # which is of no family
            raise OSError(f"{queue} has no room") from error
        except (AMQPError, OSError):
            self.close()
            raise
        if self._was_returned:
            raise OSError(f"there is no queue {queue}")

    def close(self) -> None:
        """Let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            drop(connection)

    def _connected(self) -> amqp.Channel:
        if self._connection is None:
            self._connection = connect(self._url)
        self._was_returned = False
        channel = self._connection.channel(1)
        channel.events["basic_return"] = {self._on_return}
        return channel

    def _on_return(self, *_: object) -> None:
        self._was_returned = True
