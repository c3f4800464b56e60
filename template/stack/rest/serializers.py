"""Serializers that refuse what they don't know, rather than drop or bend it in silence."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.core.validators import MinValueValidator
from django.db.models import Model
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.utils.html import is_html_input
from rest_framework.validators import UniqueValidator

M = TypeVar("M", bound=Model)

JSON_TYPES: Mapping[type[serializers.Field[Any, Any, Any, Any]], str] = {
    serializers.BooleanField: "boolean",
    serializers.CharField: "string",
    serializers.DecimalField: "string",  # a float is not exact
    serializers.IntegerField: "integer",
    serializers.SlugRelatedField: "string",
    serializers.UUIDField: "string",
}
"""What the schema names for fields that would take more: the framework reads ``"yes"`` as true, 5 as "5"."""


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it doesn't have, or doesn't let be written, and values of another JSON type.

    Works as a mixin too, put first, for serializers of other packages. The OpenAPI schema says the same:
    ``additionalProperties: false`` (``stack.openapi.schema``).
    """

    def to_internal_value(self, data: Any) -> Any:
        """Read the data, and report what is refused here together with what the fields refuse."""
        refused: dict[str, Any] = dict(self._refused(data)) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            if isinstance(error.detail, dict):
                error.detail = {**refused, **error.detail}
            raise
        if refused:
            raise ValidationError(refused)
        return value

    def _refused(self, data: Mapping[str, Any]) -> Iterator[tuple[str, list[ErrorDetail]]]:
        form = is_html_input(data)  # where everything is a string
        for name, value in data.items():
            field = self.fields.get(name)
            if field is None or isinstance(field, serializers.HiddenField):
                yield name, [ErrorDetail("There is no such field.", code="unknown")]
            elif field.read_only:
                yield name, [ErrorDetail("This field cannot be set.", code="read_only")]
            elif not form and value is not None and (wanted := _json_type(field)):
                if not _is_a(value, wanted):
                    yield name, [ErrorDetail(f"Give a JSON {wanted}.", code="invalid")]
                elif isinstance(field, serializers.DecimalField) and not _is_plain(value, field):
                    yield name, [ErrorDetail("Write the number in digits alone.", code="invalid")]


class ShortUniqueValidator(UniqueValidator):
    """Asks the database for nothing that the column could not hold: that is refused already."""

    def __call__(self, value: Any, serializer_field: Any) -> None:
        """Refuse what is there already."""
        longest = getattr(serializer_field, "max_length", None)
        if longest is None or len(value) <= longest:
            super().__call__(value, serializer_field)


class StrictModelSerializer(StrictSerializer, serializers.ModelSerializer[M]):
    """A model serializer that refuses unknown fields."""

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Build a field, whose validators would all be run, whatever the first one says."""
        kind, options = super().build_standard_field(field_name, model_field)
        for number, validator in enumerate(options.get("validators", [])):
            if isinstance(validator, UniqueValidator):
                short = ShortUniqueValidator(validator.queryset, validator.message, validator.lookup)
                options["validators"][number] = short
        return kind, options


def decimal_pattern(field: serializers.DecimalField) -> str:
    """Return the pattern of what a field of decimals takes: digits, and no sign where none is allowed."""
    limits = [v.limit_value for v in field.validators if isinstance(v, MinValueValidator)]
    sign = "" if any(limit >= 0 for limit in limits) else "-?"
    return rf"^{sign}\d{{1,{field.max_whole_digits}}}(\.\d{{1,{field.decimal_places}}})?$"


def _json_type(field: serializers.Field[Any, Any, Any, Any]) -> str | None:
    return next((JSON_TYPES[kind] for kind in type(field).__mro__ if kind in JSON_TYPES), None)


def _is_plain(value: str, field: serializers.DecimalField) -> bool:
    return re.fullmatch(decimal_pattern(field), value, re.ASCII) is not None


def _is_a(value: Any, json_type: str) -> bool:
    if json_type == "integer":  # 5.0 is one, true is not
        return isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    return isinstance(value, bool if json_type == "boolean" else str)
