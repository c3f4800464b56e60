"""A secret that is offered to an app while the database has nothing of it: looking changes nothing."""

from base64 import b32encode
from binascii import unhexlify
from typing import Any

import segno
from django.core import signing
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

SALT = "stack.otp.offer"
SECONDS = 30 * 60
"""How long somebody may take to find their telephone."""


def offer_make(user: Any) -> str:
    """Return a new secret for this user's app, signed: it goes through the page's form and comes back."""
    return signing.dumps([user.pk, random_hex(20)], salt=SALT)


def offer_key(user: Any, offer: str) -> str:
    """Return the secret of an offer, in hexadecimal.

    Raises:
        BadSignature: It is none of ours, is too old, or was made to somebody else.
    """
    owner, key = signing.loads(offer, salt=SALT, max_age=SECONDS)
    if owner != user.pk:
        raise signing.BadSignature("somebody else's")
    return str(key)


def key_text(key: str) -> str:
    """Return a secret as people type it into an app: base32, in groups of four."""
    text = b32encode(unhexlify(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def key_picture(user: Any, key: str) -> SafeString:
    """Return a secret as apps read it with a camera: a QR code, as SVG without styles."""
    address = TOTPDevice(user=user, key=key).config_url
    # On white, for pages that are dark. Nothing in it but paths of numbers.
    return mark_safe(segno.make(address).svg_inline(scale=5, light="#fff"))  # nosec B308 B703
