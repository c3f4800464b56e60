"""Secrets that are planted, and the search for them."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from importlib.util import find_spec
from secrets import token_hex
from urllib.parse import quote, quote_plus

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

NOBODY = "127.0.0.1:1"
"""Where nobody listens."""
AS_THEY_ARE = (
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "KAFKA_SASL_PASSWORD",
    "POSTGRES_PASSWORD",
    "RABBITMQ_PASSWORD",
    "VAULT_SECRET_ID",
    "VAULT_TOKEN",
)
"""Variables that are a secret, and nothing else."""


def forms(secret: str) -> set[bytes]:
    """Return how a secret may look: as it is, quoted, in base64 at any place of something longer."""
    raw = secret.encode()
    quoted = {quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]}
    found = {raw, *(text.encode() for text in quoted)}
    for encode in (b64encode, urlsafe_b64encode):
        for before in range(3):
            first, end = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
            found.add(encode(b"x" * before + raw)[first:end])
    return found


class Planted(dict[str, str]):
    """Secrets by where they are planted; one that is asked for is made."""

    def __missing__(self, place: str) -> str:
        """Make it, of what every quoting changes."""
        self[place] = f"{token_hex(9)}!{token_hex(9)}"
        return self[place]

    def quoted(self, place: str) -> str:
        """Return it as it stands in an address."""
        return quote(self[place], safe="")

    def found_in(self, outputs: Iterable[bytes], *, but: Iterable[str] = ()) -> set[str]:
        """Return the places whose secrets are in one of these, but for some."""
        everything = b"\n".join(outputs)
        return {
            place
            for place, secret in self.items()
            if place not in but and any(form in everything for form in forms(secret))
        }

    def variables(self) -> dict[str, str]:
        """Plant every variable that holds a secret; nobody is where they lead."""
        self["SECRET_KEY"] = self["SECRET_KEY"] + token_hex(9)
        self["JWT_SIGNING_KEY"] = b64encode(
            Ed25519PrivateKey.generate().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ).decode()
        variables = {
            "ENVIRONMENT": "production",
            "ALLOWED_HOSTS": "localhost",
            "DEFAULT_FROM_EMAIL": "shop@example.com",
            "SECRET_KEY": self["SECRET_KEY"],
            "JWT_SIGNING_KEY": self["JWT_SIGNING_KEY"],
            "DATABASE_URL": f"postgres://app:{self.quoted('DATABASE_URL')}@{NOBODY}/app",
            "PROOF_DATABASE_URL": f"postgres://app:{self.quoted('PROOF_DATABASE_URL')}@{NOBODY}/app",
            "REDIS_URL": f"redis://:{self.quoted('REDIS_URL')}@{NOBODY}/0",
            "CELERY_BROKER_URL": f"{self._broker()}{self.quoted('CELERY_BROKER_URL')}@{NOBODY}/1",
            "AMQP_URL": f"amqp://app:{self.quoted('AMQP_URL')}@{NOBODY}/app",
            "EMAIL_URL": f"smtp://app:{self.quoted('EMAIL_URL')}@{NOBODY}",
            "KAFKA_BROKERS": NOBODY,
            "KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
            "KAFKA_SASL_MECHANISM": "PLAIN",
            "KAFKA_SASL_USERNAME": "app",
            "OTEL_EXPORTER_OTLP_HEADERS": f"api-key={self.quoted('OTEL_EXPORTER_OTLP_HEADERS')}",
            "AWS_ACCESS_KEY_ID": "an-id",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_ENDPOINT_URL_S3": f"http://{NOBODY}",
            "AZURE_STORAGE_CONNECTION_STRING": f"AccountName=shop;AccountKey={self['AZURE_STORAGE']}",
        }
        if find_spec("stack.cloud") and find_spec("stack.cloud.backends.s3"):
            variables |= {"STORAGE_BACKEND": "s3", "STORAGE_BUCKET": "shop"}
        return variables | {name: self[name] for name in AS_THEY_ARE}

    def _broker(self) -> str:
        has_redis = find_spec("stack.celery.brokers.redis")
        return "redis://:" if has_redis else "amqp://app:"
