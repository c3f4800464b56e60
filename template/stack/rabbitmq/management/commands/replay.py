"""Have a group's dead letters tried again."""

from typing import Any

from amqp.exceptions import AMQPError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stack.events.choice import chosen
from stack.inbox.registry import groups
from stack.rabbitmq.replay import replay


class Command(BaseCommand):
    """Replays them."""

    help = (
        "Put a group's dead letters back into its queue, behind later events of their keys: mind the order."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a group, and events."""
        parser.add_argument("group", help="whose dead letters")
        parser.add_argument("event", nargs="*", help="their identifiers; all, if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay, and say how many."""
        [group] = chosen([options["group"]], groups(), "consumers of")
        try:
            number = replay(group, options["event"] or None)
        except (AMQPError, OSError) as error:
            raise CommandError(f"RabbitMQ: {error}") from error
        self.stdout.write(f"{number} back in the queue of {group}, behind later events of their keys.")
