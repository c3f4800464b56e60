"""The settings of JSON Web Tokens: none is dead, their keys are good ones, and the schema tells of them."""

import pytest
import rest_framework_simplejwt.settings
from django.conf import settings
from django.test import Client

from stack.jwt.keys import DEVELOPMENT_KEY
from tests.processes import PRODUCTION, ended

RSA_PUBLIC = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL1Y4pcN9BqEgxhM"


def test_no_setting_is_dead() -> None:
    assert set(settings.SIMPLE_JWT) <= set(rest_framework_simplejwt.settings.DEFAULTS)


@pytest.mark.asvs("11.2.3", "11.6.1", "13.2.3")
@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        ("JWT_SIGNING_KEY", "", "JWT_SIGNING_KEY is required in production, but it is not set."),
        ("JWT_SIGNING_KEY", DEVELOPMENT_KEY, "JWT_SIGNING_KEY is required in production, but it still has"),
        ("JWT_SIGNING_KEY", PRODUCTION["SECRET_KEY"], "JWT_SIGNING_KEY is no private Ed25519 key"),
        ("JWT_VERIFYING_KEYS", f"{RSA_PUBLIC},x", "JWT_VERIFYING_KEYS: number 1 is no public Ed25519 key"),
        ("JWT_VERIFYING_KEYS", DEVELOPMENT_KEY, "JWT_VERIFYING_KEYS: number 1 is no public Ed25519 key"),
    ],
)
def test_production_refuses_other_keys(variable: str, value: str, line: str) -> None:
    done = ended("python", "manage.py", "check", **PRODUCTION | {variable: value})
    assert done.returncode == 1
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


def test_the_schema_tells_of_them(client: Client) -> None:
    schemes = client.get("/api/schema/").json()["components"]["securitySchemes"]
    assert schemes["jwtAuth"] == {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
