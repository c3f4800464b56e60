"""Read the streams of events that Kafka keeps, until told to stop."""

from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stack.events import health
from stack.events.choice import chosen
from stack.events.loops import Loop, run_all
from stack.kafka.rebuild import rebuild
from stack.kafka.registry import groups
from stack.kafka.streaming import TURN, Streaming


class Idle:
    """Stays, where there is nobody to read for."""

    def __init__(self) -> None:
        """Begin to wait."""
        self._stopped = Event()

    def run(self) -> None:
        """Wait."""
        while not self._stopped.wait(TURN):
            health.beat("stream")

    def stop(self) -> None:
        """End."""
        self._stopped.set()


class Command(BaseCommand):
    """Runs the readers."""

    help = "Take the effects of events that Kafka keeps, until SIGTERM or Ctrl-C. Several may run."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take groups."""
        parser.add_argument("group", nargs="*", help="the groups to read for; all, if none is named")
        parser.add_argument(
            "--rebuild",
            metavar="GROUP",
            help="undo all that this group has taken, and read from the beginning",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run a loop for each group, in a thread of its own."""
        known = [group for group, types in groups().items() if types]
        again = options["rebuild"]
        rebuilt = chosen([again], known, "streams of") if again else []
        wanted = chosen(options["group"] or rebuilt, known, "streams of")
        if again:
            try:
                number = rebuild(again)
            except LookupError as error:
                raise CommandError(f"{again} can't be rebuilt: {error.args[0]}.") from error
            self.stdout.write(f"{again} begins anew, in {number} partitions.")
        self.stdout.write(f"Reading streams for {', '.join(wanted) or 'nobody'}.")
        loops: dict[str, Loop] = {f"stream-{group}": Streaming(group) for group in wanted}
        run_all(loops or {"stream": Idle()})
