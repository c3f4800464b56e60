"""The schema and its pages, as drf-spectacular makes them, but made once and with no other site's help."""

from functools import cache
from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
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

BUNDLE = files("drf_spectacular_sidecar") / "static/drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js"
FOREIGN_LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"
NO_PICTURE = b"data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


@cache
def api_schema() -> dict[str, Any]:
    """Return the schema; it takes a while to make, and can't change before the next start."""
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return made


@cache
def bundle() -> bytes:
    """Return ReDoc's script, without the one thing in it that it fetches from its maker's site."""
    return BUNDLE.read_bytes().replace(FOREIGN_LOGO, NO_PICTURE)


class SchemaView(APIView):
    """The OpenAPI schema of this API."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer, OpenApiYamlRenderer2)
    schema = None

    def get(self, request: Request) -> Response:
        """Return the schema as JSON, or as YAML to those who ask for that."""
        return Response(api_schema())


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def redoc_bundle(request: HttpRequest) -> HttpResponse:
    """Return ReDoc's script."""
    return HttpResponse(bundle(), content_type="text/javascript; charset=utf-8")
