"""Serializers that refuse what they don't know, rather than drop it in silence."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

M = TypeVar("M", bound=Model)


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it doesn't have, or doesn't let be written, naming each.

    Works as a mixin too, put first, for serializers of other packages. The OpenAPI schema says the same,
    by ``additionalProperties: false`` (``stack.openapi.schema``).
    """

    def to_internal_value(self, data: Any) -> Any:
        """Read the data, and report surplus fields together with those that are wrong."""
        surplus: dict[str, Any] = dict(self._surplus(data)) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            if isinstance(error.detail, dict):
                error.detail.update(surplus)
            raise
        if surplus:
            raise ValidationError(surplus)
        return value

    def _surplus(self, data: Mapping[str, Any]) -> Iterator[tuple[str, list[ErrorDetail]]]:
        for name in data:
            field = self.fields.get(name)
            if field is None or isinstance(field, serializers.HiddenField):
                yield name, [ErrorDetail("There is no such field.", code="unknown")]
            elif field.read_only:
                yield name, [ErrorDetail("This field cannot be set.", code="read_only")]


class StrictModelSerializer(StrictSerializer, serializers.ModelSerializer[M]):
    """A model serializer that refuses unknown fields."""
