"""Have a group take its dead letters once more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from stack.events.choice import chosen
from stack.kafka.positions import Lost
from stack.kafka.registry import groups
from stack.kafka.replay import replay
from stack.outbox.routes import SinkError


class Command(BaseCommand):
    """Replays them."""

    help = "Have a group take its dead letters. Later events of their keys were taken before: mind the order."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a group."""
        parser.add_argument("group", help="whose dead letters")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay, and say how many."""
        known = [group for group, types in groups().items() if types]
        [group] = chosen([options["group"]], known, "streams of")
        try:
            taken, failed = replay(group)
        except (SinkError, Lost, Error) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{taken} dead letters of {group} taken, after later events of their keys; {failed} failed again."
        )
