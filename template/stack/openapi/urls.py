"""The schema and its two pages, under ``/api/``."""

from django.urls import path
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from stack.browser.policy import loosened
from stack.openapi.views import SchemaView

PUBLIC = {"url_name": "schema", "permission_classes": [AllowAny], "authentication_classes": []}

# What the pages cannot do without: icons that stand in style sheets; ReDoc, the worker that it searches with.
swagger = loosened({"img-src": ["data:"]}, SpectacularSwaggerSplitView.as_view(**PUBLIC))
redoc = loosened({"img-src": ["data:"], "worker-src": ["blob:"]}, SpectacularRedocView.as_view(**PUBLIC))

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", swagger, name="api-docs"),
    path("redoc/", redoc, name="api-redoc"),
]
