"""Where one is logged in, over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.users import OwnView
from apps.accounts.services.logins import login_end, user_log_out
from stack.sessions import login_of, logins_of


class LoginSerializer(serializers.Serializer[Any]):
    """A place where one is logged in."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(["browser", "tokens"])
    since = serializers.DateTimeField()
    address = serializers.CharField(help_text="The IP address that it began from.")
    agent = serializers.CharField(help_text="What the browser or program said it was.")
    current = serializers.BooleanField(help_text="Whether this very request stands on it.")


class LoginsView(OwnView):
    """One's log-ins."""

    serializer_class = LoginSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(responses={200: LoginSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """List where one is logged in, newest first."""
        current = login_of(request)
        rows = [vars(login) | {"current": login.id == current} for login in logins_of(self.user.pk)]
        return Response(LoginSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="users_me_logins_destroy_all",
        request=None,
        responses={204: OpenApiResponse(description="Logged out everywhere.")},
    )
    def delete(self, request: Request) -> Response:
        """Log out everywhere, here too; the API token ends as well."""
        user_log_out(self.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class LoginView(OwnView):
    """One of one's log-ins."""

    serializer_class = LoginSerializer

    @extend_schema(request=None, responses={204: OpenApiResponse(description="Logged out there.")})
    def delete(self, request: Request, id: UUID) -> Response:  # pylint: disable=redefined-builtin
        """Log out in one place."""
        if not login_end(self.user, id):
            raise NotFound("You are not logged in there.")
        return Response(status=status.HTTP_204_NO_CONTENT)
