"""``manage.py seed_demo``: fill the shop with goods, people and orders to look at."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.demo.services.seeding import LOGINS, demo_seed
from stack.environment import PRODUCTION


class Command(BaseCommand):
    """Adds what is missing, so it can be run again at any time; refuses in production."""

    help = "Fill the shop with goods, people and orders. The last line of its output is JSON: who can log in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and print the log-ins."""
        if PRODUCTION:
            raise CommandError(
                "The demo's passwords are public, so it does not run in production. "
                "Set ENVIRONMENT=development on a machine of your own."
            )
        self.stdout.write(f"{demo_seed()} products added")
        self.stdout.write(json.dumps({"logins": [login._asdict() for login in LOGINS]}))
