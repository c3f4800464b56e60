"""A token of the API, for an address and a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.db import transaction
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.serializers import CredentialsSerializer, TokenSerializer
from apps.accounts.models import User
from stack.audit.entries import record
from stack.audit.events import Event
from stack.otp.codes import code_check
from stack.otp.devices import has_factor
from stack.otp.errors import WrongCode

REFUSED: dict[Any, Any] = {
    (401, "application/problem+json"): OpenApiResponse(
        {"$ref": "#/components/schemas/Problem"}, "What the body holds does not prove who sends it."
    )
}


@contextmanager
def log_in(request: Request, credentials: dict[str, str]) -> Iterator[User]:
    """A block that makes a token for the user with this address and password.

    Where there is a second factor, it takes this code, too. One that is set up meanwhile is asked for, or
    comes after, and ends the token.

    Yields:
        The user.

    Raises:
        AuthenticationFailed: With the same words whatever is wrong, and after the same work; with others only
            for who knows the password, and has no good code.
    """
    user = authenticate(request, username=credentials["email"], password=credentials["password"])
    if not isinstance(user, User):
        raise AuthenticationFailed("Address and password do not match an active account.")
    asked = has_factor(user)
    if asked:
        _check_code(request, user, credentials.get("code"))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # which `factor_add` asks for, too
        if not asked and has_factor(user):
            raise _code_wanted()
        update_last_login(None, user)  # type: ignore[arg-type]
        record(Event.LOGGED_IN, subject=user.pk, actor=user.pk)
        yield user


def _code_wanted() -> AuthenticationFailed:
    return AuthenticationFailed("A code of the second factor is wanted, too.", code="code_required")


def _check_code(request: Request, user: User, code: str | None) -> None:
    if code is None:
        raise _code_wanted()
    try:
        code_check(request, user, code)
    except WrongCode as error:
        raise AuthenticationFailed(error.detail, code=error.code) from error


class ApiTokenView(GenericAPIView[Any]):
    """A token that lasts until it is revoked, for scripts."""

    serializer_class = CredentialsSerializer
    throttle_scope = "login"

    def get_permissions(self) -> list[Any]:
        """Let anybody try to get a token; who may revoke one, must be known."""
        return [AllowAny() if self.request.method == "POST" else IsAuthenticated()]

    @extend_schema(responses={200: TokenSerializer, **REFUSED})
    def post(self, request: Request) -> Response:
        """Get one's API token for an address and a password."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with log_in(request, serializer.validated_data) as user:
            token, _ = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})

    @extend_schema(request=None, responses={204: OpenApiResponse(description="Revoked.")})
    def delete(self, request: Request) -> Response:
        """Revoke one's API token."""
        if Token.objects.filter(user=request.user.pk).delete()[0]:
            record(Event.LOGGED_OUT, subject=request.user.pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
