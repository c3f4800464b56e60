"""A row of any model, for tests that look at all of them."""

# pylint: disable=protected-access  # which is what a model's default manager is called

from datetime import date
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

type Field = models.Field[Any, Any]

VALUES: dict[type[Field], Any] = {
    models.UUIDField: uuid4,
    models.DateTimeField: timezone.now,
    models.DateField: date.today,
    models.JSONField: dict,
    models.DecimalField: lambda: 1,
    models.IntegerField: lambda: 1,
    models.EmailField: lambda: f"{uuid4().hex}@example.com",
    models.CharField: lambda: uuid4().hex[:3],
    models.TextField: lambda: "text",
    models.FileField: lambda: ContentFile(b"file", "file"),
}
"""What a field gets that must have a value; of a field's classes, the first that is here decides."""


def row_of(model: type[models.Model]) -> models.Model:
    """Return a row of this model: the first that there is, or a new one."""
    found = model._default_manager.first()
    if found is None:
        owner = _owner(model)
        names = {field.name for field in owner._meta.concrete_fields}
        owner._default_manager.create(
            **{name: value for name, value in _values(model).items() if name in names} | _values(owner)
        )
        found = model._default_manager.first()
    assert found, f"no row of {model._meta.label} could be made"
    return found


def _owner(model: type[models.Model]) -> type[models.Model]:
    """Return the model that makes the table, which this one may only look at."""
    table = model._meta.db_table
    owners = [one for one in apps.get_models() if one._meta.db_table == table and one._meta.managed]
    return model if model in owners or not owners else owners[0]


def _values(model: type[models.Model]) -> dict[str, Any]:
    return {
        field.name: _value(field)
        for field in model._meta.concrete_fields
        if not (field.has_default() or field.null or field.blank)
    }


def _value(field: Field) -> Any:
    if isinstance(field, models.ForeignKey):
        return row_of(field.related_model)
    if field.choices:
        return field.choices[0][0]
    return next(VALUES[kind] for kind in type(field).__mro__ if kind in VALUES)()
