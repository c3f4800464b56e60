"""PostgreSQL, through psycopg2."""

from stack.environment import env, required

DATABASES = {
    "default": env.db_url_config(required("DATABASE_URL", fallback="postgres://app:app@127.0.0.1:5432/app"))
    | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", 60),  # seconds
        "CONN_HEALTH_CHECKS": True,
    },
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)  # seconds
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
