"""Make the tables, goods to sell, and somebody to buy them."""

import json
from decimal import Decimal
from typing import Any

from apps.accounts.models import User
from apps.catalog.models import STOCK_MAX, Category, Product
from django.core.management import call_command
from django.core.management.base import BaseCommand
from rest_framework.authtoken.models import Token
from stack.inbox.registry import groups


class Command(BaseCommand):
    """Prepares."""

    help = "Make the tables, eight products and four buyers; say their tokens and all groups of consumers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do so."""
        call_command("migrate", verbosity=0)
        shelf = Category.objects.create(name="Shelf", slug="shelf")
        for number in range(8):
            Product.objects.create(
                category=shelf, name=f"P{number}", slug=f"p{number}", price=Decimal(1), stock=STOCK_MAX
            )
        buyers = [User.objects.create_user(f"buyer{number}@example.com") for number in range(4)]
        tokens = [Token.objects.create(user=buyer).key for buyer in buyers]
        self.stdout.write(json.dumps({"tokens": tokens, "groups": list(groups())}))
