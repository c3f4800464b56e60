"""The addresses of the development tools; none elsewhere."""

from django.urls import URLPattern, URLResolver, include, path

from stack.environment import DEVELOPMENT

urlpatterns: list[URLPattern | URLResolver] = []

if DEVELOPMENT:
    urlpatterns = [
        path("__debug__/", include("debug_toolbar.urls")),
        path("silk/", include("silk.urls", namespace="silk")),
    ]
