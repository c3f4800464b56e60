"""The two kinds of token."""

from functools import cache

from rest_framework_simplejwt import tokens
from rest_framework_simplejwt.backends import TokenBackend

from stack.jwt.backend import KeyBackend

FAMILY = "family"
"""The claim that names a token's family."""


@cache
def backend() -> TokenBackend:
    """Return what writes and reads tokens: one for the process, as keys take a while to be read."""
    return KeyBackend()


class AccessToken(tokens.AccessToken):
    """Opens the API, for minutes."""

    @property
    def token_backend(self) -> TokenBackend:
        """Return ours."""
        return backend()


class RefreshToken(tokens.RefreshToken):
    """Gets the next pair, once."""

    access_token_class = AccessToken

    @property
    def token_backend(self) -> TokenBackend:
        """Return ours."""
        return backend()
