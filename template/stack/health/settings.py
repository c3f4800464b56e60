"""Health: each technology adds its check, by its dotted path."""

HEALTH_CHECKS: dict[str, str] = {}
