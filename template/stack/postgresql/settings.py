"""PostgreSQL, through psycopg2. What the address itself says, such as ``?sslmode=verify-full``, wins."""

from stack.environment import PROJECT_SLUG, env, required
from stack.health.settings import HEALTH_CHECKS

_address = env.db_url_config(required("DATABASE_URL", fallback="postgres://app:app@127.0.0.1:5432/app"))
_limits = {
    "statement_timeout": env.str("DATABASE_STATEMENT_TIMEOUT", ""),  # as in `30s`; migrate lifts it
    "lock_timeout": env.str("DATABASE_LOCK_TIMEOUT", ""),  # as in `2s`, which migrate has anyway
    # As in `30s`; of a transaction in which nothing is asked, and which keeps its locks meanwhile.
    "idle_in_transaction_session_timeout": env.str("DATABASE_IDLE_TIMEOUT", ""),
}
_options = {
    # In pg_stat_activity and the server's log.
    "application_name": env.str("DATABASE_APPLICATION_NAME", PROJECT_SLUG),
    "connect_timeout": 5,  # seconds
    # A server that vanished without a word is noticed within 30 s, not within the kernel's two hours.
    "keepalives_idle": 15,  # seconds
    "keepalives_interval": 5,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
# Sent only when set: poolers such as PgBouncer refuse the parameter that carries them.
if _set := " ".join(f"-c {name}={value}" for name, value in _limits.items() if value):
    _options["options"] = _set

DATABASES = {
    "default": _address
    | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", 60),  # seconds
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _options | _address.get("OPTIONS", {}),
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
HEALTH_CHECKS["postgresql"] = "stack.postgresql.health.postgresql"

# What `manage.py lint_migrations` looks at no more: up to which migration, by the label of its app.
MIGRATIONS_LINTED_AFTER: dict[str, str] = {}
