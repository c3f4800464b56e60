"""The settings of JSON Web Tokens: none is dead, their key is their own, and the schema tells of them."""

import subprocess

import rest_framework_simplejwt.settings
from django.conf import settings
from django.test import Client

from stack.environment import BASE_DIR
from tests.processes import BIN, PRODUCTION, SECONDS, environment


def test_no_setting_is_dead() -> None:
    assert set(settings.SIMPLE_JWT) <= set(rest_framework_simplejwt.settings.DEFAULTS)


def test_the_keys_of_sessions_and_tokens_differ() -> None:
    done = subprocess.run(
        [BIN / "python", "manage.py", "check"],
        cwd=BASE_DIR,
        env=environment(**PRODUCTION | {"JWT_SIGNING_KEY": PRODUCTION["SECRET_KEY"]}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("JWT_SIGNING_KEY has the same value")


def test_the_schema_tells_of_them(client: Client) -> None:
    schemes = client.get("/api/schema/").json()["components"]["securitySchemes"]
    assert schemes["jwtAuth"] == {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
