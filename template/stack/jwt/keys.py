"""The keys that sign tokens: Ed25519, of which other services may have the public half."""

import hashlib
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from stack.environment import env, required

DEVELOPMENT_KEY = "MC4CAQAwBQYDK2VwBCIEIGluc2VjdXJlLWtleS1vZi1kZXZlbG9wbWVudC0wMTIz"
"""A private key that everybody knows."""
REMEDY = "Make one: openssl genpkey -algorithm ed25519 -outform DER | base64 -w 0"


@dataclass(frozen=True)
class KeyPair:
    """A private key and its public half, in PEM."""

    private: str
    public: str


def private_key(name: str) -> KeyPair:
    """Read the key that signs.

    Args:
        name: The variable: PKCS #8, as PEM or as the base64 of its DER, which fits into a line.

    Returns:
        The key; outside of production a public one, when the variable is unset or empty.

    Raises:
        SystemExit: It is no Ed25519 key, or it is missing or public in production.
    """
    try:
        key = load_der_private_key(_der(required(name, fallback=DEVELOPMENT_KEY)), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{name} is no private Ed25519 key in base64 or PEM. {REMEDY}")
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return KeyPair(private.decode(), _pem(key.public_key()))


def public_keys(name: str) -> list[str]:
    """Read keys that sign no more, or not yet, and are believed.

    Args:
        name: The variable: SubjectPublicKeyInfo, as PEM or base64 of DER, parted by commas.

    Returns:
        The keys, in PEM.

    Raises:
        SystemExit: One of them is no Ed25519 key.
    """
    keys = []
    for number, text in enumerate(filter(None, env.str(name, "").split(",")), start=1):
        try:
            key = load_der_public_key(_der(text))
        except (ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PublicKey):
            raise SystemExit(f"{name}: number {number} is no public Ed25519 key in base64 or PEM.")
        keys.append(_pem(key))
    return keys


def key_id(public: str) -> str:
    """Return a key's name: a digest of the public half, as RFC 7638 has it for RFC 8037's keys.

    Args:
        public: The public key, in PEM.
    """
    raw = urlsafe_b64encode(_der(public)[-32:]).rstrip(b"=").decode()
    thumbprint = hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{raw}"}}'.encode()).digest()
    return urlsafe_b64encode(thumbprint).rstrip(b"=").decode()


def _der(text: str) -> bytes:
    lines = [line for line in text.replace("\\n", "\n").split("\n") if not line.startswith("-----")]
    try:
        return b64decode("".join(lines), validate=True)
    except NoBase64 as error:
        raise ValueError(str(error)) from error


def _pem(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
