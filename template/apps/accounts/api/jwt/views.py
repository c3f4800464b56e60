"""Logging in and out over HTTP, by pairs of JSON Web Tokens."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError

from apps.accounts.api.jwt.serializers import RefreshSerializer, TokenPairSerializer
from apps.accounts.api.serializers import CredentialsSerializer, TokenSerializer
from apps.accounts.api.tokens import REFUSED, log_in
from stack.jwt.families import token_check, token_pair_issue, token_pair_rotate, token_revoke
from stack.sessions.origin import origin_of


class BodyTokenView(GenericAPIView[Any]):
    """What is in the body decides; headers are not asked, so that a dead token in one does no harm."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes: list[type[BasePermission]] = [AllowAny]

    def get_authenticate_header(self, request: Request) -> str:
        """Make the refusal a 401, not a 403."""
        return 'Bearer realm="api"'

    def body(self, request: Request) -> dict[str, Any]:
        """Return what the body says, once it is valid."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values: dict[str, Any] = serializer.validated_data
        return values


class TokenPairView(BodyTokenView):
    """JSON Web Tokens."""

    serializer_class = CredentialsSerializer
    throttle_scope = "login"

    @extend_schema(responses={200: TokenPairSerializer, **REFUSED})
    def post(self, request: Request) -> Response:
        """Log in: get a pair of tokens for an address and a password."""
        with log_in(request, self.body(request)) as user:
            pair = token_pair_issue(user, origin_of(request))
        return Response(pair)


class TokenRefreshView(BodyTokenView):
    """The next pair."""

    serializer_class = RefreshSerializer

    @extend_schema(responses={200: TokenPairSerializer, **REFUSED})
    def post(self, request: Request) -> Response:
        """Get the next pair of tokens. What is sent ends by this; sent again, it ends all of its log-in."""
        try:
            return Response(token_pair_rotate(self.body(request)["refresh"]))
        except TokenError as error:
            raise InvalidToken(str(error)) from error


class TokenVerifyView(BodyTokenView):
    """Whether a token is good."""

    serializer_class = TokenSerializer

    @extend_schema(responses={204: OpenApiResponse(description="The token is good."), **REFUSED})
    def post(self, request: Request) -> Response:
        """Check whether a token of either kind would be accepted now."""
        try:
            token_check(self.body(request)["token"])
        except TokenError as error:
            raise InvalidToken(str(error)) from error
        return Response(status=status.HTTP_204_NO_CONTENT)


class LogoutView(BodyTokenView):
    """The end of a pair."""

    serializer_class = RefreshSerializer

    @extend_schema(responses={204: OpenApiResponse(description="Logged out."), **REFUSED})
    def post(self, request: Request) -> Response:
        """Log out: end a refresh token, and every token that came of the same log-in."""
        try:
            token_revoke(self.body(request)["refresh"])
        except TokenError as error:
            raise InvalidToken(str(error)) from error
        return Response(status=status.HTTP_204_NO_CONTENT)
