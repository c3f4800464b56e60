"""Orders as JSON."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.orders.models import Order, OrderLine
from stack.rest.serializers import StrictSerializer

LINES_MAX = 50
QUANTITY_MAX = 1000
"""Pieces of one product; with `LINES_MAX` it keeps the dearest order within the column of its total."""


class LineWriteSerializer(StrictSerializer):
    """How many of which product."""

    product = serializers.SlugField(max_length=120)
    quantity = serializers.IntegerField(min_value=1, max_value=QUANTITY_MAX)


class OrderWriteSerializer(StrictSerializer):
    """What somebody wants to buy."""

    lines = serializers.ListField(child=LineWriteSerializer(), min_length=1, max_length=LINES_MAX)

    def validate_lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse a product that is asked for twice."""
        if len({line["product"] for line in lines}) < len(lines):
            raise serializers.ValidationError("Each product can have one line only.", code="duplicate")
        return lines


class LineSerializer(serializers.ModelSerializer[OrderLine]):
    """A line of an order, as sold."""

    product = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]

    class Meta:
        """The columns shown."""

        model = OrderLine
        fields: ClassVar = ("product", "name", "unit_price", "quantity")


class OrderSerializer(serializers.ModelSerializer[Order]):
    """An order with its lines."""

    lines = LineSerializer(many=True)

    class Meta:
        """The columns shown."""

        model = Order
        fields: ClassVar = ("id", "status", "total", "currency", "placed_at", "paid_at", "closed_at", "lines")
