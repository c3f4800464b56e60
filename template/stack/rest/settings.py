"""The REST framework: JSON only, authenticated by default."""

from stack.environment import env

DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("REQUEST_BODY_MAX_BYTES", 1_048_576)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTAuthentication",
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
    "DEFAULT_THROTTLE_CLASSES": ["stack.rest.throttles.WriteThrottle"],
    # How many writes, by what a view's throttle_scope names; an empty rate is no limit.
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("THROTTLE_ANON", "60/min") or None,
        "user": env.str("THROTTLE_USER", "300/min") or None,
        "login": env.str("THROTTLE_LOGIN", "10/min") or None,
        "signup": env.str("THROTTLE_SIGNUP", "20/hour") or None,
        "orders": env.str("THROTTLE_ORDERS", "60/min") or None,
    },
    # How many proxies in front may be believed about the caller's address; anybody can send the header.
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", 0),
    "EXCEPTION_HANDLER": "stack.rest.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_METADATA_CLASS": None,  # the schema says more than OPTIONS could
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
