"""compose-no-inline-secrets."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-no-inline-secrets"
BREAK = Break(
    "docker-compose.prod.yml",
    "      RABBITMQ_DEFAULT_PASS: ${RABBITMQ_PASSWORD:-}\n",
    "      RABBITMQ_DEFAULT_PASS: hare\n",
)


def compose(environment: str, name: str = "production.yml") -> dict[str, str]:
    return {name: f"services:\n  web:\n    image: x:1\n    environment:\n      {environment}\n"}


@pytest.mark.parametrize(
    "environment",
    [
        "SECRET_KEY: ${SECRET_KEY}",
        "- SECRET_KEY=${SECRET_KEY:?}",
        "- SECRET_KEY",
        "SECRET_KEY:",
        "POSTGRES_PASSWORD_FILE: /run/secrets/password",
        "DATABASE_URL: postgres://app:${PASSWORD}@db/app",
        "DATABASE_URL: postgres://app@db/app",
        "DEBUG: 'false'",
        "PASSWORD_RESET_TIMEOUT: 3600",
        "AWS_ACCESS_KEY_ID: ${AWS_ACCESS_KEY_ID}",
    ],
)
def test_what_comes_from_outside_passes(environment: str) -> None:
    passes(RULE, compose(environment))


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ("POSTGRES_PASSWORD: hunter2", "POSTGRES_PASSWORD"),
        ("- SECRET_KEY=abc", "SECRET_KEY"),
        ("DATABASE_URL: postgres://app:hunter2@db/app", "DATABASE_URL"),
        ("CELERY_BROKER_URL: amqp://guest:guest@rabbitmq//", "CELERY_BROKER_URL"),
    ],
)
def test_a_value_in_production_s_file(environment: str, name: str) -> None:
    flags(RULE, compose(environment), f"production.yml:5 {name} of the service web")
    passes(RULE, compose(environment, "docker-compose.yml"))


def test_a_value_of_an_example_is_not_in_the_file() -> None:
    passes(RULE, compose("SECRET_KEY: ${SECRET_KEY}") | {".env.example": "SECRET_KEY=change-me\n"})


def test_a_known_key_in_any_file() -> None:
    files = compose("AWS_ACCESS_KEY_ID: AKIA" + "Q3EGWZ5T7RNYB2KD", "docker-compose.yml")
    flags(RULE, files, "docker-compose.yml:5 AWS_ACCESS_KEY_ID of the service web")
