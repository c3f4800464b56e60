"""The schema, as drf-spectacular makes it, but made once."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@cache
def api_schema() -> dict[str, Any]:
    """Return the schema; it takes a while to make, and can't change before the next start."""
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return made


class SchemaView(APIView):
    """The OpenAPI schema of this API."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer, OpenApiYamlRenderer2)
    schema = None

    def get(self, request: Request) -> Response:
        """Return the schema as JSON, or as YAML to those who ask for that."""
        return Response(api_schema())
