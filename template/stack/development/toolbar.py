"""Where the toolbar is wanted."""

from debug_toolbar.middleware import show_toolbar
from django.http import HttpRequest


def is_wanted(request: HttpRequest) -> bool:
    """Tell whether to watch a request: not the API's, which has no page for the toolbar, and has Silk."""
    return not request.path.startswith("/api/v1/") and show_toolbar(request)
