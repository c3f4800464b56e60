"""The template's image, as production runs it, and an environment that it accepts."""

from __future__ import annotations

import base64
import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from tests.docker.stack import BUILD_SECONDS, docker, unique
from tests.template_copy import copy_of_template

DOMAIN = "myproject.example.com"
ED25519 = bytes.fromhex("302e020100300506032b657004220420")
"""What PKCS #8 writes before the 32 bytes of a private Ed25519 key."""


@contextlib.contextmanager
def built_image(folder: Path) -> Iterator[str]:
    """Build the runtime image from what a clone has, give its tag, and remove it."""
    tag = unique("image")
    try:
        docker("build", "--quiet", "--tag", tag, str(copy_of_template(folder)), seconds=BUILD_SECONDS)
        yield tag
    finally:
        docker("rmi", "--force", tag, check=False)


def environment(**changes: str) -> dict[str, str]:
    """Give all variables that production requires, with keys made for the occasion."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "JWT_SIGNING_KEY": base64.b64encode(ED25519 + secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": DOMAIN,
        "DATABASE_URL": f"postgres://app:{secrets.token_urlsafe(20)}@db:5432/app",
        "REDIS_URL": "redis://redis:6379/0",
        "CELERY_BROKER_URL": "redis://redis:6379/1",
        "AMQP_URL": f"amqp://app:{secrets.token_urlsafe(20)}@rabbitmq:5672/app",
        "KAFKA_BROKERS": "kafka:9092",
        "EMAIL_URL": "smtp://mail:25",
        "DEFAULT_FROM_EMAIL": f"noreply@{DOMAIN}",
        "TRUSTED_PROXIES": "1",
        **changes,
    }
