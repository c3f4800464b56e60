"""What only a developer's machine has: the toolbar, Silk, query counts, shell_plus, IPython.

Outside of development the lists are empty, and the packages need not be installed.
"""

from stack.development.silk import can_be_kept
from stack.environment import DEVELOPMENT

development_apps: list[str] = []
development_middleware: list[str] = []

if DEVELOPMENT:
    development_apps = ["debug_toolbar", "django_extensions", "silk"]
    development_middleware = [
        "debug_toolbar.middleware.DebugToolbarMiddleware",
        "silk.middleware.SilkyMiddleware",
        "querycount.middleware.QueryCountMiddleware",
    ]

    INTERNAL_IPS = ["127.0.0.1", "::1"]
    DEBUG_TOOLBAR_CONFIG = {
        "SHOW_COLLAPSED": True,
        "SHOW_TOOLBAR_CALLBACK": "stack.development.toolbar.is_wanted",
        # In the toolbar's own memory, a panel would be found only by the worker that served the page.
        "TOOLBAR_STORE_CLASS": "debug_toolbar.store.CacheStore",
    }

    SILKY_INTERCEPT_FUNC = can_be_kept  # pylint: disable=invalid-name
    SILKY_IGNORE_PATHS = ["/health/live", "/health/ready"]
    SILKY_MAX_RECORDED_REQUESTS = 1_000
    SILKY_MAX_REQUEST_BODY_SIZE = SILKY_MAX_RESPONSE_BODY_SIZE = (
        64 * 1024
    )  # bytes; -1 would keep every upload

    QUERYCOUNT = {
        "IGNORE_REQUEST_PATTERNS": [r"^/(__debug__|health|silk|static)/"],
        # In what is longer it would look for ids in a time that grows with the square.
        "IGNORE_SQL_PATTERNS": [r"silk_", r"(?s)^.{4000}"],
    }

    SHELL_PLUS = "ipython"
