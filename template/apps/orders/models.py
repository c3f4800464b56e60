"""Orders and their lines; what must always hold is kept by the database."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.catalog import CURRENCY

IDEMPOTENCY_KEY_LENGTH = 255
"""Characters, at most."""


class Order(models.Model):
    """What somebody bought, at the prices of that moment.

    A foreign key says ``db_index=False`` where it leads an index or a constraint of its table already.
    """

    class Status(models.TextChoices):
        """The states; only a placed order can move on."""

        PLACED = "placed"
        PAID = "paid"
        CANCELLED = "cancelled"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="orders", db_index=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.PLACED)
    total = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, default=CURRENCY)
    idempotency_key = models.CharField(max_length=IDEMPOTENCY_KEY_LENGTH)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what was asked for with the key.")
    placed_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When it was cancelled or expired.")

    class Meta:
        """Order, constraints, and an index for each way to list orders."""

        ordering = ("-placed_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "idempotency_key"), name="orders_order_one_a_key"),
            models.CheckConstraint(
                condition=Q(status="placed", paid_at=None, closed_at=None)
                | Q(status="paid", paid_at__isnull=False, closed_at=None)
                | Q(status__in=("cancelled", "expired"), paid_at=None, closed_at__isnull=False),
                name="orders_order_status_fits_times",
            ),
            models.CheckConstraint(
                condition=Q(paid_at=None) | Q(paid_at__gte=F("placed_at")),
                name="orders_order_paid_once_placed",
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="orders_order_total_not_negative"),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="orders_order_currency_is_code"
            ),
            models.CheckConstraint(
                condition=Q(idempotency_key__regex="."), name="orders_order_idempotency_key_not_empty"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("user", "placed_at", "id"), name="orders_order_newest_of_user"),
            models.Index(fields=("placed_at", "id"), name="orders_order_newest"),
            models.Index(fields=("placed_at",), condition=Q(status="placed"), name="orders_order_unpaid"),
        ]

    def __str__(self) -> str:
        """Return the identifier."""
        return str(self.id)


class OrderLine(models.Model):
    """So many pieces of one product, with its name and price as they were sold."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False)
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    unit_price = models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    quantity = models.PositiveIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        """Order and constraints."""

        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("order", "product"), name="orders_line_product_once_an_order"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_line_quantity_positive"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="orders_line_price_not_negative"),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="orders_line_name_not_blank"),
        ]

    def __str__(self) -> str:
        """Return what was sold, and how many."""
        return f"{self.quantity} x {self.name}"
