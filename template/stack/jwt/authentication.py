"""Who calls the API, by an access token."""

from typing import Any

from rest_framework_simplejwt import authentication
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.tokens import Token

from stack.jwt.families import family_of


class JWTAuthentication(authentication.JWTAuthentication):
    """Asks for the family of each token, and by the same query for its user."""

    def get_user(self, validated_token: Token) -> Any:
        """Return whose token it is.

        Raises:
            InvalidToken: When its family has ended.
        """
        try:
            return family_of(validated_token).user
        except TokenError as error:
            raise InvalidToken(str(error)) from error
