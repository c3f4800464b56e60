"""Ask this machine's worker or Beat whether it still answers."""

from typing import Any

from celery import current_app
from celery.exceptions import OperationalError
from celery.utils.nodenames import host_format
from django.core.management.base import BaseCommand, CommandError, CommandParser

NODES = {"worker": "celery", "beat": "celerybeat"}


class Command(BaseCommand):
    """Exits 1 when a restart would help: the broker is there, and the process does not answer through it.

    While the broker is away neither can be asked, and restarting them would not bring it back: that is said,
    and exits 0.
    """

    help = "Ask this machine's worker or Beat whether it still answers; exit 1 when it does not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the process."""
        parser.add_argument("process", choices=NODES)
        parser.add_argument("--hostname", help="As given to it by --hostname; name@host, %%h for this host.")
        parser.add_argument("--timeout", type=float, default=3.0, help="Seconds to wait for its answer.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and tell."""
        node = host_format(options["hostname"] or f"{NODES[options['process']]}@%h")
        try:
            with current_app.connection_for_write() as connection:
                connection.ensure_connection(max_retries=0)
                answers = current_app.control.ping([node], options["timeout"], connection=connection)
        except (OSError, OperationalError):
            self.stdout.write(f"{node} could not be asked: the broker does not answer.")
            return
        if not answers:
            raise CommandError(f"{node} did not answer within {options['timeout']:g} s.")
        self.stdout.write(f"{node} answers.")
