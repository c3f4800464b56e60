"""Publish the events of the outbox, until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stack.events.choice import chosen
from stack.events.loops import Loop, run_all
from stack.outbox.relay import Helper, Relay
from stack.outbox.routes import routes


class Command(BaseCommand):
    """In the place of the library's command of this name."""

    help = "Publish the events of the outbox, until SIGTERM or Ctrl-C. Several may run."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take routes."""
        parser.add_argument("route", nargs="*", help="the ways to publish; all, if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run a relay and its helper for each way, in threads: that one broker hangs holds up no other."""
        known = routes()
        wanted = chosen(options["route"], known, "route")
        self.stdout.write(f"Publishing events to {', '.join(wanted)}.")
        helpers = {name: Helper(known[name]) for name in wanted}
        relays: dict[str, Loop] = {
            f"publish-{name}": Relay(known[name], helper) for name, helper in helpers.items()
        }
        run_all(relays | {f"help-{name}": helper for name, helper in helpers.items()})
