"""No token but our own opens anything."""

import json
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings

from stack.jwt import tokens
from stack.jwt.families import token_pair_issue
from stack.jwt.keys import key_id

pytestmark = [pytest.mark.proves("simplejwt"), pytest.mark.django_db]
Claims = dict[str, Any]
OURS: str = settings.SIMPLE_JWT["SIGNING_KEY"]
PUBLIC: str = settings.SIMPLE_JWT["VERIFYING_KEY"]
STRANGE = Ed25519PrivateKey.generate()
STRANGE_PEM = STRANGE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
STRANGE_PUBLIC = STRANGE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.fixture(name="pair")
def _pair() -> Any:
    user = get_user_model().objects.create_user(f"{uuid4().hex}@example.com")
    return token_pair_issue(user)


def status(token: str) -> int:
    """Return how one's own page is answered, asked with a token."""
    return Client().get("/api/v1/users/me/", headers={"Authorization": f"Bearer {token}"}).status_code


def part(value: Any) -> str:
    """Return a part of a token."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def claims_of(token: str) -> Claims:
    """Return what a good token says."""
    return jwt.decode(token, options={"verify_signature": False})


def without(claims: Claims, name: str) -> Claims:
    """Return the claims but one."""
    return {key: value for key, value in claims.items() if key != name}


def signed(claims: Claims, key: Any = OURS, algorithm: str = "EdDSA", **header: Any) -> str:
    """Return a token, signed by whatever key, its header saying what it likes."""
    names = {"kid": key_id(PUBLIC)} | header
    return jwt.PyJWS().encode(json.dumps(claims).encode(), key, algorithm=algorithm, headers=names)


def by_hand(claims: Claims, header: Any, signature: bytes = b"") -> str:
    """Return a token that no library would write."""
    return f"{part(header)}.{part(claims)}.{part(signature)}"


def of_other_claims(claims: Claims) -> Iterator[tuple[str, str]]:
    """Yield what our own key has signed, and we must not believe."""
    for name in ("aud", "iss", "exp", "jti", "token_type", "family"):
        yield f"without {name}", signed(without(claims, name))
    others: dict[str, list[Any]] = {
        "aud": ["another", "", ["another"], {}, 7],
        "iss": ["another", "", ["another"], 7],
        "token_type": ["refresh", "", "ACCESS", None, ["access"]],
        "exp": [int(time.time()) - 1, 0, -1, "soon", None],
        "nbf": [int(time.time()) + 3600],
        "iat": [int(time.time()) + 3600],
        "family": [str(uuid4()), "", None, 7, ["x"], "' OR 1=1 --"],
    }
    for name, values in others.items():
        for value in values:
            yield f"{name}={value!r}", signed(claims | {name: value})


def of_other_keys(claims: Claims) -> Iterator[tuple[str, str]]:
    """Yield what was not signed by our key, whatever it says."""
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": part(STRANGE.public_key().public_bytes_raw())}
    yield "a strange key", signed(claims, STRANGE_PEM)
    yield "a strange key by its own name", signed(claims, STRANGE_PEM, kid=key_id(STRANGE_PUBLIC))
    yield "a key within", signed(claims, STRANGE_PEM, jwk=jwk, kid=key_id(STRANGE_PUBLIC))
    yield "an address of keys", signed(claims, STRANGE_PEM, jku="http://127.0.0.1:1/keys")
    yield "a certificate", signed(claims, STRANGE_PEM, x5u="http://127.0.0.1:1/", x5c=["MA=="])
    for name in ("", "../../../dev/null", "/dev/null", "' UNION SELECT 'x", "x" * 10_000):
        yield f"the key {name[:20]!r}", signed(claims, kid=name)
    header = {"alg": "EdDSA", "typ": "JWT"}
    good = b64decode(signed(claims).rpartition(".")[2] + "==", altchars=b"-_")
    yield "no name of a key", by_hand(claims, header, good)
    yield "a key that has no text for a name", by_hand(claims, header | {"kid": ["x"]}, good)


def of_other_algorithms(claims: Claims) -> Iterator[tuple[str, str]]:
    """Yield tokens that choose how they are to be checked."""
    header = {"typ": "JWT", "kid": key_id(PUBLIC)}
    for name in ("none", "None", "NONE", "nOnE", ""):
        yield f"alg {name!r}", by_hand(claims, header | {"alg": name})
        yield f"alg {name!r} with a signature", by_hand(claims, header | {"alg": name}, b"x" * 64)
    for secret in (PUBLIC, PUBLIC.strip(), "".join(PUBLIC.split("\n")[1:-2]), settings.SECRET_KEY):
        for algorithm in ("HS256", "HS512"):
            mac = jwt.algorithms.get_default_algorithms()[algorithm]
            words = f"{part(header | {'alg': algorithm})}.{part(claims)}"
            signature = mac.sign(words.encode(), secret.encode())
            yield f"{algorithm} by {secret[:20]!r}", f"{words}.{part(signature)}"
    rsa_key = rsa.generate_private_key(65537, 2048)
    yield "RS256", signed(claims, rsa_key, "RS256")
    yield "PS256", signed(claims, rsa_key, "PS256")
    yield "ES256", signed(claims, ec.generate_private_key(ec.SECP256R1()), "ES256")
    yield "no alg", by_hand(claims, header, b"x" * 64)
    yield "an extension that must be understood", signed(claims, crit=["x"], x=1)


def damaged(token: str) -> Iterator[tuple[str, str]]:
    """Yield a good token with something changed."""
    header, payload, signature = token.split(".")
    claims = claims_of(token)
    yield "no signature", f"{header}.{payload}."
    yield "two parts", f"{header}.{payload}"
    yield "an empty signature", f"{header}.{payload}.AA"
    yield "a signature of zeros", f"{header}.{payload}.{part(bytes(64))}"
    yield "another's claims", f"{header}.{part(claims | {'family': str(uuid4())})}.{signature}"
    yield "a longer life", f"{header}.{part(claims | {'exp': claims['exp'] + 9999})}.{signature}"
    yield "another order", f"{payload}.{header}.{signature}"
    yield "no JSON", f"{header}.{part(b'x')}.{signature}"
    yield "a list", f"{header}.{part([])}.{signature}"


@pytest.mark.asvs("9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3")
@pytest.mark.parametrize("kind", [of_other_claims, of_other_keys, of_other_algorithms])
def test_no_other_claims_keys_and_algorithms_are_accepted(pair: Any, kind: Any) -> None:
    assert status(pair["access"]) == 200
    forged = list(kind(claims_of(pair["access"])))
    assert len(forged) >= 12
    assert [name for name, token in forged if status(token) != 401] == []


@pytest.mark.asvs("7.2.1", "9.1.1")
def test_no_damaged_token_is_accepted(pair: Any) -> None:
    forged = list(damaged(pair["access"]))
    assert [name for name, token in forged if status(token) != 401] == []


@pytest.mark.asvs("9.2.2")
def test_a_refresh_token_opens_nothing(pair: Any) -> None:
    assert status(pair["refresh"]) == 401


@pytest.mark.asvs("9.1.2", "9.2.4", "11.4.3")
def test_what_we_sign_names_its_key_and_no_more(pair: Any) -> None:
    assert jwt.get_unverified_header(pair["access"]) == {
        "alg": "EdDSA",
        "kid": key_id(PUBLIC),
        "typ": "JWT",
    }
    assert set(claims_of(pair["access"])) == {"aud", "iss", "exp", "iat", "jti", "family", "token_type"}


@pytest.fixture(name="rotated")
def _rotated(settings: Settings, pair: Any) -> Iterator[Any]:
    """A token that was signed before the key was changed; the old one is believed, or not, by the test."""
    settings.SIMPLE_JWT = settings.SIMPLE_JWT | {"SIGNING_KEY": STRANGE_PEM, "VERIFYING_KEY": STRANGE_PUBLIC}
    settings.JWT_KEYS = {key_id(STRANGE_PUBLIC): STRANGE_PUBLIC}
    tokens.backend.cache_clear()
    yield pair["access"]
    tokens.backend.cache_clear()


@pytest.mark.asvs("11.2.2")
def test_a_key_that_is_kept_for_verifying_is_believed_and_signs_no_more(
    settings: Settings, rotated: str
) -> None:
    settings.JWT_KEYS = settings.JWT_KEYS | {key_id(PUBLIC): PUBLIC}
    assert status(rotated) == 200
    fresh = token_pair_issue(get_user_model().objects.create_user("b@example.com"))["access"]
    assert jwt.get_unverified_header(fresh)["kid"] == key_id(STRANGE_PUBLIC)
    assert status(fresh) == 200


@pytest.mark.asvs("9.1.3")
def test_a_key_that_was_taken_away_is_not_believed_any_more(rotated: str) -> None:
    assert status(rotated) == 401
