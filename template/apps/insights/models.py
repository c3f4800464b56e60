"""What was sold, and the orders that may still be."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Sale(models.Model):
    """A product's sales of a day, of orders that stand: cancelled and expired ones are taken out again."""

    day = models.DateField(help_text="On which the orders were placed.")
    product = models.CharField(max_length=120, help_text="Its slug.")
    currency = models.CharField(max_length=3)
    orders = models.IntegerField(default=0)
    pieces = models.IntegerField(default=0)
    revenue = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    paid = models.DecimalField(max_digits=18, decimal_places=2, default=0, help_text="Of the revenue.")

    class Meta:
        """One row a day, product and currency."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=("day", "product", "currency"), name="insights_sale_one"),
            models.CheckConstraint(
                condition=Q(orders__gte=0, pieces__gte=0, revenue__gte=0, paid__gte=0),
                name="insights_sale_not_negative",
            ),
        ]
        ordering = ("-day", "product", "currency")

    def __str__(self) -> str:
        """Return when, and what."""
        return f"{self.day} {self.product}"


class OpenOrder(models.Model):
    """An order that is neither paid nor gone: what comes of it later says no more than which it was."""

    id = models.UUIDField(primary_key=True)
    day = models.DateField()
    currency = models.CharField(max_length=3)
    lines = models.JSONField(help_text="Products, pieces and amounts.")

    def __str__(self) -> str:
        """Return the order's identifier."""
        return str(self.id)
