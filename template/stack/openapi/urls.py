"""The schema and its two pages, under ``/api/``."""

from django.urls import path
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from stack.openapi.views import SchemaView

PUBLIC = {"url_name": "schema", "permission_classes": [AllowAny], "authentication_classes": []}

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(**PUBLIC), name="api-docs"),
    path("redoc/", SpectacularRedocView.as_view(**PUBLIC), name="api-redoc"),
]
