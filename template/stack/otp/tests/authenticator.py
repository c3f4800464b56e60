"""An app that makes codes, as people have on their telephones, for tests."""

from base64 import b32decode
from binascii import unhexlify
from typing import Any

from django_otp.oath import totp
from django_otp.util import random_hex

from stack.otp.devices import Factor, factor_add


class Authenticator:
    """The app of somebody who never waits: each code is the one after the last, and a bit ahead of its time.

    Attributes:
        key: The secret, in hexadecimal.
        factor: What a user was given for it.
    """

    factor: Factor

    def __init__(self, key: str = "") -> None:
        """Take a secret, or think of one."""
        self.key = key or random_hex(20)
        self.ahead = -1

    @classmethod
    def of(cls, user: Any) -> "Authenticator":
        """Give this user a second factor."""
        app = cls()
        app.factor = factor_add(user, app.key, app.code())
        return app

    @classmethod
    def reading(cls, text: str) -> "Authenticator":
        """Take the secret that a page shows, in base32."""
        return cls(b32decode(text.replace(" ", "")).hex())

    def code(self) -> str:
        """Return a code that has not been shown before."""
        self.ahead += 1
        return f"{totp(unhexlify(self.key), drift=self.ahead):06d}"

    def wrong(self) -> str:
        """Return a code that is none of this time."""
        near = {totp(unhexlify(self.key), drift=self.ahead + steps) for steps in range(-5, 6)}
        return f"{next(code for code in range(1_000_000) if code not in near):06d}"
