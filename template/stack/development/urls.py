"""The addresses of the development tools; none elsewhere."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string

from stack.browser.policy import loosened
from stack.environment import DEVELOPMENT

urlpatterns: list[URLPattern | URLResolver] = []

SILK = {
    "script-src": ["'unsafe-eval'"],
    "script-src-attr": ["'unsafe-inline'"],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["data:"],
}
"""What Silk's pages cannot do without: handlers and styles in attributes, a calendar that evaluates code, and
icons in a style sheet. A script that stands in a page is refused all the same, be it of a recorded body."""

if DEVELOPMENT:
    silk = [
        URLPattern(one.pattern, loosened(SILK, one.callback), one.default_args, one.name)
        for one in import_string("silk.urls.urlpatterns")
    ]
    urlpatterns = [
        path("__debug__/", include("debug_toolbar.urls")),
        path("silk/", include((silk, "silk"))),
    ]
