"""How sales are shown."""

from typing import ClassVar

from rest_framework import serializers

from apps.insights.models import Sale


class SaleSerializer(serializers.ModelSerializer[Sale]):
    """A product's sales of a day."""

    class Meta:
        """The columns shown."""

        model = Sale
        fields: ClassVar = ("day", "product", "currency", "orders", "pieces", "revenue", "paid")
