"""The OpenAPI schema, by drf-spectacular; its pages come from the sidecar, not from a CDN."""

from stack.environment import PROJECT_NAME

SPECTACULAR_SETTINGS = {
    "TITLE": PROJECT_NAME,
    "DESCRIPTION": (
        "Everything under `/api/v1/` speaks JSON. Errors are problem documents (RFC 9457). Unknown fields "
        "and parameters are refused. `400` means that the request breaks this schema; `409` and `422`, that "
        "it doesn't, but is at odds with the present state or a rule. Lists come in pages: follow `next`."
    ),
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},  # which would be another site's
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENFORCE_NON_BLANK_FIELDS": True,
}
