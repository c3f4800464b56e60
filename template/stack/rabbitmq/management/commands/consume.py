"""Consume the events that come by RabbitMQ, until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stack.events.choice import chosen
from stack.events.loops import run_all
from stack.inbox.registry import groups
from stack.rabbitmq.consuming import Consuming


class Command(BaseCommand):
    """Runs the consumers."""

    help = "Take the effects of events that come by RabbitMQ, until SIGTERM or Ctrl-C. Several may run."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take groups."""
        parser.add_argument("group", nargs="*", help="the groups to consume for; all, if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the loop."""
        wanted = chosen(options["group"], groups(), "consumers of")
        self.stdout.write(f"Consuming events for {', '.join(wanted) or 'nobody'}.")
        run_all({"consume": Consuming(wanted)})
