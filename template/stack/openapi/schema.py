"""How the schema is read off the views: with every problem that an operation may answer."""

# pylint: disable=protected-access  # how drf-spectacular has its extensions defer to what they extend
from typing import Any

from drf_spectacular import openapi
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction
from rest_framework.permissions import SAFE_METHODS, AllowAny, DjangoModelPermissions

from stack.rest.serializers import decimal_pattern

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "example": "about:blank"},
        "title": {"type": "string", "description": "The name of the status.", "example": "Bad Request"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599, "example": 400},
        "detail": {"type": "string", "description": "One sentence for people."},
        "instance": {
            "type": "string",
            "format": "uri-reference",
            "description": "The path of the request.",
        },
        "code": {"type": "string", "description": "One word for programs.", "example": "invalid"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message", "code"],
                "properties": {
                    "field": {
                        "type": "string",
                        "description": "A JSON pointer into the body, or a slash and a parameter's name.",
                        "example": "/lines/0/quantity",
                    },
                    "message": {"type": "string"},
                    "code": {"type": "string", "example": "required"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
MEANINGS = {
    400: "The request is not valid; `errors` says where.",
    401: "The request says not who sends it, or not believably.",
    403: "The caller may not do this.",
    404: "There is no such thing, or not for this caller.",
    406: "The answer is not to be had in the media type asked for.",
    409: "The request is at odds with the present state.",
    413: "The body is too large.",
    415: "The body is in another media type than the ones named here.",
    422: "A rule forbids it.",
    429: "Too many requests; `Retry-After` says for how many seconds to wait.",
    503: "What this needs does not answer; `Retry-After` says for how many seconds to wait.",
}


class AutoSchema(openapi.AutoSchema):
    """Adds the problem documents to each operation, by what the view does."""

    method: str

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Describe one operation; None when it is left out of the schema."""
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        component = ResolvedComponent("Problem", ResolvedComponent.SCHEMA, schema=PROBLEM, object="Problem")
        self.registry.register_on_missing(component)
        for status in sorted(self._problems(operation)):
            answer = {
                "description": MEANINGS[status],
                "content": {"application/problem+json": {"schema": component.ref}},
            }
            if status in (429, 503):
                seconds = {"type": "integer", "minimum": 1}
                answer["headers"] = {"Retry-After": {"required": True, "schema": seconds}}
            operation["responses"].setdefault(str(status), answer)
        return operation

    def get_auth(self) -> list[dict[str, Any]]:
        """Say who may call; nobody in particular, where the permissions let anonymous readers in."""
        schemes: list[dict[str, Any]] = super().get_auth()
        for permission in self.view.get_permissions():
            if isinstance(permission, DjangoModelPermissions) and self.method in SAFE_METHODS:
                return schemes if permission.authenticated_users_only else [*schemes, {}]
        return schemes

    def _get_request_body(self, *args: Any) -> Any:
        """Describe the body; of deletions, too, where the view says that they are to prove something."""
        method = self.method
        if method == "DELETE" and getattr(self.view, "delete_has_body", False):
            self.method = "POST"  # drf-spectacular has no deletions with bodies: RFC 9110 leaves them open
        try:
            return super()._get_request_body(*args)  # type: ignore[no-untyped-call]
        finally:
            self.method = method

    def _problems(self, operation: dict[str, Any]) -> set[int]:
        """Return the statuses that this operation may be refused with."""
        statuses = {406}
        parameters = operation.get("parameters", ())
        places = {parameter["in"] for parameter in parameters}
        if "query" in places or "header" in places:
            statuses.add(400)
        if "path" in places or "cursor" in {parameter["name"] for parameter in parameters}:
            statuses.add(404)
        if self.view.get_authenticators():
            statuses.add(401)
        if not all(isinstance(permission, AllowAny) for permission in self.view.get_permissions()):
            statuses |= {401, 403}
        is_write = self.method not in SAFE_METHODS
        if is_write:
            statuses.add(409)
        if self.view.get_throttles() and (is_write or getattr(self.view, "throttle_reads", False)):
            statuses |= {429, 503}
        if "requestBody" in operation:
            statuses |= {400, 413, 415, 422}
        return statuses


class StrictRequests(OpenApiSerializerExtension):
    """Says in the schema what strict serializers do: refuse additional properties."""

    target_class = "stack.rest.serializers.StrictSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: openapi.AutoSchema, direction: Direction) -> dict[str, Any]:
        """Map as ever, and close the object where it is a request."""
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return schema | {"additionalProperties": False} if direction == "request" else schema


class NonBlankStrings(OpenApiSerializerFieldExtension):
    """Says that white space alone is not a value, where the field strips it and then finds nothing."""

    target_class = "rest_framework.fields.CharField"

    def map_serializer_field(self, auto_schema: openapi.AutoSchema, direction: Direction) -> dict[str, Any]:
        """Map as ever, and ask for one character that isn't space."""
        field = self.target
        schema: dict[str, Any] = auto_schema._map_serializer_field(field, direction, bypass_extensions=True)
        if direction == "request" and field.trim_whitespace and not field.allow_blank:
            schema.setdefault("pattern", r"\S")
        return schema


class Files(OpenApiSerializerFieldExtension):
    """Says that an empty file is not a file."""

    target_class = "rest_framework.fields.FileField"

    def map_serializer_field(self, auto_schema: openapi.AutoSchema, direction: Direction) -> dict[str, Any]:
        """Map as ever, and ask for a byte."""
        schema: dict[str, Any] = auto_schema._map_serializer_field(
            self.target, direction, bypass_extensions=True
        )
        return schema | {"minLength": 1} if direction == "request" else schema


class Decimals(OpenApiSerializerFieldExtension):
    """Describes decimals as they are: with a digit at least, and no sign where none is allowed."""

    target_class = "rest_framework.fields.DecimalField"

    def map_serializer_field(self, auto_schema: openapi.AutoSchema, direction: Direction) -> dict[str, Any]:
        """Map to a string with an exact pattern."""
        return {"type": "string", "format": "decimal", "pattern": decimal_pattern(self.target)}


class FilterLimits(DjangoFilterExtension):
    """Says in the schema what values a filter's form field takes."""

    target_class = "stack.rest.filters.StrictFilterBackend"
    priority = 1
    limits = {"min_value": "minimum", "max_value": "maximum", "max_length": "maxLength"}

    def resolve_filter_field(self, *args: Any) -> list[dict[str, Any]]:
        """Describe the parameters of one filter."""
        parameters: list[dict[str, Any]] = super().resolve_filter_field(  # type: ignore[no-untyped-call]
            *args
        )
        field = args[-1].field
        for parameter in parameters:
            for limit, keyword in self.limits.items():
                if (value := getattr(field, limit, None)) is not None:
                    parameter["schema"][keyword] = value
        return parameters
