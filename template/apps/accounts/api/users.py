"""Users over HTTP: signing up, and what they may know and change of themselves."""

from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.serializers import (
    CurrentPasswordSerializer,
    PasswordChangeSerializer,
    SignupSerializer,
    UserNamesSerializer,
    UserRegisterSerializer,
    UserSerializer,
)
from apps.accounts.models import User
from apps.accounts.services.names import user_rename
from apps.accounts.services.passwords import user_password_set
from apps.accounts.services.signup import user_register
from apps.accounts.tasks import signup_mail_send
from stack import personal
from stack.mail.links import site_origin


class AnybodyView(GenericAPIView[Any]):
    """For those who have no account yet."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes: list[type[BasePermission]] = [AllowAny]


class SignupView(AnybodyView):
    """The first step: the address."""

    serializer_class = SignupSerializer
    throttle_scope = "signup"

    @extend_schema(responses={202: OpenApiResponse(description="Whatever is to be said, is said by e-mail.")})
    def post(self, request: Request) -> Response:
        """Ask for an account; a link comes by e-mail, whose token makes the user."""
        serializer = SignupSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        signup_mail_send.enqueue(serializer.validated_data["email"], site_origin(request))
        return Response(status=status.HTTP_202_ACCEPTED)


class UserRegisterView(AnybodyView):
    """The second step: the user."""

    serializer_class = UserRegisterSerializer
    throttle_scope = "signup"

    @extend_schema(responses={201: UserSerializer})
    def post(self, request: Request) -> Response:
        """Make the user whose address the token proves."""
        serializer = UserRegisterSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = user_register(**serializer.validated_data)
        return Response(UserSerializer(user, context={"request": request}).data, status.HTTP_201_CREATED)


class OwnView(GenericAPIView[User]):
    """About whoever asks."""

    permission_classes = [IsAuthenticated]
    serializer_class: type[Any] = UserSerializer

    @property
    def user(self) -> User:
        """Return who asks; the permission let nobody else through."""
        return cast(User, self.request.user)

    def shown(self, user: User) -> Response:
        """Answer with the user."""
        return Response(UserSerializer(user, context=self.get_serializer_context()).data)


class MeView(OwnView):
    """Oneself."""

    delete_has_body = True

    @property
    def throttle_scope(self) -> str | None:
        """Count what asks for the password with the log-ins."""
        return "login" if self.request.method == "DELETE" else None

    def get(self, request: Request) -> Response:
        """Show who is logged in."""
        return self.shown(self.user)

    @extend_schema(request=UserNamesSerializer)
    def patch(self, request: Request) -> Response:
        """Change one's names."""
        serializer = UserNamesSerializer(self.user, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        return self.shown(user_rename(self.user, **serializer.validated_data))

    @extend_schema(request=CurrentPasswordSerializer, responses={204: OpenApiResponse(description="Erased.")})
    def delete(self, request: Request) -> Response:
        """Erase oneself, for good: every log-in ends, and what must be kept is kept without the person."""
        serializer = CurrentPasswordSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        personal.erase(self.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DataView(OwnView):
    """All that is known of oneself."""

    throttle_scope = "data"
    throttle_reads = True

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """Get all that is known of oneself, by where it is known."""
        return Response(personal.export(self.user))


class PasswordChangeView(OwnView):
    """One's password."""

    serializer_class = PasswordChangeSerializer
    throttle_scope = "login"

    @extend_schema(responses={204: OpenApiResponse(description="Changed; log in again.")})
    def post(self, request: Request) -> Response:
        """Change one's password; every session and token ends by this."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user_password_set(self.user, serializer.validated_data["new_password"])
        return Response(status=status.HTTP_204_NO_CONTENT)
