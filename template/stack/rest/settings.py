"""The REST framework: JSON only, authenticated by default."""

from typing import Any

from stack.environment import env

# How many proxies in front may be believed about the caller's address; anybody can send the header.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("REQUEST_BODY_MAX_BYTES", 1_048_576)

# What wraps the ASGI application, the innermost first: functions that take an application and return one.
ASGI_MIDDLEWARE = ["stack.rest.charset.utf8_asgi"]

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["stack.rest.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["stack.rest.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["stack.rest.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "stack.rest.pagination.KeysetPagination",
    "PAGE_SIZE": 20,
    "DEFAULT_SCHEMA_CLASS": "stack.openapi.schema.AutoSchema",
    "EXCEPTION_HANDLER": "stack.rest.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_METADATA_CLASS": None,  # the schema says more than OPTIONS could
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
