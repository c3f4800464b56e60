"""The schema and its two pages, under ``/api/``."""

from django.urls import path
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from stack.openapi.views import SchemaView, redoc_bundle

PUBLIC = {"url_name": "schema", "permission_classes": [AllowAny], "authentication_classes": []}

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(**PUBLIC), name="api-docs"),
    path("redoc/", SpectacularRedocView.as_view(template_name="api/redoc.html", **PUBLIC), name="api-redoc"),
    path("redoc/bundle.js", redoc_bundle, name="api-redoc-bundle"),
]
