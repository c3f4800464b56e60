"""Logging in and out over HTTP."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError

from apps.accounts.api.serializers import (
    CredentialsSerializer,
    RefreshSerializer,
    TokenPairSerializer,
    TokenSerializer,
)
from apps.accounts.models import User
from apps.accounts.services.tokens import token_check, token_pair_issue, token_pair_rotate, token_revoke

REFUSED: dict[Any, Any] = {
    (401, "application/problem+json"): OpenApiResponse(
        {"$ref": "#/components/schemas/Problem"}, "What the body holds does not prove who sends it."
    )
}


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


def user_of(request: Request, credentials: dict[str, str]) -> User:
    """Return the user with this address and password.

    Raises:
        AuthenticationFailed: With the same words whatever is wrong, and after the same work.
    """
    user = authenticate(request, username=credentials["email"], password=credentials["password"])
    if not isinstance(user, User):
        raise AuthenticationFailed("Address and password do not match an active account.")
    update_last_login(None, user)  # type: ignore[arg-type]
    return user


class TokenPairView(BodyTokenView):
    """JSON Web Tokens."""

    serializer_class = CredentialsSerializer

    @extend_schema(responses={200: TokenPairSerializer, **REFUSED})
    def post(self, request: Request) -> Response:
        """Log in: get a pair of tokens for an address and a password."""
        return Response(token_pair_issue(user_of(request, self.body(request))))


class TokenRefreshView(BodyTokenView):
    """The next pair."""

    serializer_class = RefreshSerializer

    @extend_schema(responses={200: TokenPairSerializer, **REFUSED})
    def post(self, request: Request) -> Response:
        """Get the next pair of tokens; the refresh token that is sent ends by this."""
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
        """Log out: end a refresh token; its access token ends within its five minutes."""
        try:
            token_revoke(self.body(request)["refresh"])
        except TokenError as error:
            raise InvalidToken(str(error)) from error
        return Response(status=status.HTTP_204_NO_CONTENT)


class ApiTokenView(BodyTokenView):
    """A token that lasts until it is revoked, for scripts."""

    serializer_class = CredentialsSerializer

    authentication_classes = [*GenericAPIView.authentication_classes]

    def get_permissions(self) -> list[Any]:
        """Let anybody try to get a token; who may revoke one, must be known."""
        return [AllowAny() if self.request.method == "POST" else IsAuthenticated()]

    @extend_schema(responses={200: TokenSerializer, **REFUSED})
    def post(self, request: Request) -> Response:
        """Get one's API token for an address and a password."""
        token, _ = Token.objects.get_or_create(user=user_of(request, self.body(request)))
        return Response({"token": token.key})

    @extend_schema(request=None, responses={204: OpenApiResponse(description="Revoked.")})
    def delete(self, request: Request) -> Response:
        """Revoke one's API token."""
        Token.objects.filter(user=request.user.pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
