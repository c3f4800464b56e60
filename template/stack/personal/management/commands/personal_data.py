"""Gives what is known of a person, or erases it."""

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from stack import personal


class Command(BaseCommand):
    """For who was asked by mail or telephone, and knows that it was them."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and of whom."""
        parser.add_argument("action", choices=["export", "erase"])
        parser.add_argument("email", help="The address that they log in with.")
        parser.add_argument("--no-input", action="store_true", help="Erase without asking again.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it.

        Raises:
            CommandError: Nobody has that address, or it was not confirmed.
        """
        model: Any = get_user_model()
        email = options["email"]
        user = model.objects.filter(**{model.USERNAME_FIELD: email}).first()
        if user is None:
            raise CommandError(f"Nobody logs in with {email}.")
        if options["action"] == "export":
            self.stdout.write(json.dumps(personal.export(user), cls=DjangoJSONEncoder, indent=2))
            return
        if not options["no_input"] and input(f"Nothing brings it back. Erase {email}? [yes/no] ") != "yes":
            raise CommandError("Nothing was erased.")
        personal.erase(user)
        self.stdout.write("Erased. Backups still have it until they are deleted.")
