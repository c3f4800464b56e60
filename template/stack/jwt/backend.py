"""How tokens are written and read: with the name of their key."""

from typing import Any

import jwt
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError

from stack.jwt.keys import key_id


class KeyBackend(TokenBackend):
    """Finds the key of a token by its name, among ours alone: what a token says of keys is not looked up."""

    def __init__(self) -> None:
        """Read the settings."""
        own = settings.SIMPLE_JWT
        super().__init__(
            own["ALGORITHM"],
            own["SIGNING_KEY"],
            own["VERIFYING_KEY"],
            audience=own["AUDIENCE"],
            issuer=own["ISSUER"],
        )
        self.keys = {name: self._prepare_key(key) for name, key in settings.JWT_KEYS.items()}
        self.signing_key_id = key_id(self.verifying_key)

    def encode(self, payload: dict[str, Any]) -> str:
        """Return an encoded token."""
        own = settings.SIMPLE_JWT
        claims = payload | {"aud": own["AUDIENCE"], "iss": own["ISSUER"]}
        header = {"kid": self.signing_key_id}
        return jwt.encode(claims, self.prepared_signing_key, algorithm=self.algorithm, headers=header)

    def get_verifying_key(self, token: Any) -> Any:
        """Return the key that a token names.

        Raises:
            TokenBackendError: It names none of ours.
        """
        try:
            return self.keys[jwt.get_unverified_header(token)["kid"]]
        except KeyError as error:
            raise TokenBackendError("Token is invalid") from error
