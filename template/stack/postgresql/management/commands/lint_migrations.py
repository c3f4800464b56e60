"""Says what migrations would stop traffic."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stack.postgresql import lint


class Command(BaseCommand):
    """Fails when one of the project's own migrations would stop the traffic of a database in use."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take apps, or print where to begin."""
        parser.add_argument("app_label", nargs="*", help="Only these apps; all of the project's own else.")
        parser.add_argument(
            "--baseline",
            action="store_true",
            help="Print what MIGRATIONS_LINTED_AFTER says for what is there now not to be looked at.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each finding.

        Raises:
            CommandError: There is one.
        """
        if options["baseline"]:
            self.stdout.write(f"MIGRATIONS_LINTED_AFTER = {lint.baseline()}")
            return
        findings = lint.lint(options["app_label"])
        for finding in findings:
            self.stdout.write(f"{finding}\n")
        if findings:
            raise CommandError(f"{len(findings)} steps of migrations would stop traffic.")
