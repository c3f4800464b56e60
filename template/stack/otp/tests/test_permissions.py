"""The powers of the staff over the API count where the second factor was shown, however somebody calls."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse
from pytest_django import Settings
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from stack.otp.permissions import ModelPermissionsOrReadOnly, StaffOnly, acts_as_staff
from stack.otp.tests.authenticator import Authenticator

pytestmark = [pytest.mark.proves("permissions"), pytest.mark.django_db, pytest.mark.urls(__name__)]
PASSWORD = "correct-horse-battery-staple"
STAFF, ROWS = "/api/staff/", "/api/rows/"
WAYS = ["login", "api-token", "token-pair"]


class StaffView(GenericAPIView[Any]):
    """For the staff."""

    permission_classes = [StaffOnly]

    def get(self, request: Request) -> Response:
        """Read."""
        return Response({})


class RowsView(GenericAPIView[Any]):
    """Anybody may read, and see whether they are of the staff; some may write."""

    permission_classes = [ModelPermissionsOrReadOnly]
    queryset = get_user_model().objects.all()

    def get(self, request: Request) -> Response:
        """Read."""
        return Response({"staff": acts_as_staff(request)})

    def post(self, request: Request) -> Response:
        """Write."""
        return Response({})


urlpatterns = [
    path("api/staff/", StaffView.as_view()),
    path("api/rows/", RowsView.as_view()),
    path("", include("config.urls")),
]


@pytest.fixture(autouse=True)
def fixture_required(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


def somebody(**powers: bool) -> Any:
    return get_user_model().objects.create_user(f"{uuid4().hex}@example.com", PASSWORD, **powers)


def root() -> Any:
    return somebody(is_staff=True, is_superuser=True)


def logged_in(way: str, user: Any, code: str = "") -> Client:
    """Return a client that has logged in this way."""
    client = Client()
    if way == "login":
        client.post(reverse(way), {"username": user.email, "password": PASSWORD})
        if code:
            client.post(reverse("login_code"), {"code": code})
        return client
    try:
        address = reverse(way)
    except NoReverseMatch:
        pytest.skip("this project has no such tokens")
    body = {"email": user.email, "password": PASSWORD} | ({"code": code} if code else {})
    answer = client.post(address, body, "application/json").json()
    header = f"Token {answer['token']}" if "token" in answer else f"Bearer {answer['access']}"
    return Client(headers={"Authorization": header})


def told(client: Client) -> list[tuple[int, str]]:
    """Return how this client's calls are answered that take powers."""
    answers = [client.get(STAFF), client.post(ROWS, headers={"X-CSRFToken": "unasked"})]
    return [(answer.status_code, answer.json().get("code", "")) for answer in answers]


WANTED = [(403, "second_factor_required")] * 2


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("way", WAYS)
def test_staff_without_a_second_factor_are_customers(way: str) -> None:
    client = logged_in(way, root())
    assert told(client) == WANTED
    assert client.get(ROWS).json() == {"staff": False}
    assert reverse("factor_set_up") in client.get(STAFF).json()["detail"]


@pytest.mark.parametrize("way", WAYS)
def test_staff_who_have_shown_a_code_are_staff(way: str) -> None:
    user = root()
    client = logged_in(way, user, Authenticator.of(user).code())
    assert told(client) == [(200, ""), (200, "")]
    assert client.get(ROWS).json() == {"staff": True}


def test_a_session_without_a_code_is_none_of_the_staff_s() -> None:
    user = root()
    client = logged_in("login", user)
    app = Authenticator.of(user)
    assert told(client) == WANTED
    client.post(reverse("login_code"), {"code": app.code()})
    assert told(client) == [(200, ""), (200, "")]


def test_permissions_of_who_is_not_of_the_staff_are_powers_too() -> None:
    assert told(logged_in("api-token", somebody(is_superuser=True)))[1] == WANTED[1]


def test_others_are_told_nothing_of_it() -> None:
    user = somebody()
    denied = [(403, "permission_denied")] * 2
    assert told(logged_in("api-token", user)) == denied
    assert told(logged_in("api-token", user, Authenticator.of(user).code())) == denied
    assert [status for status, _ in told(Client())] == [401, 401]


def test_where_it_is_not_required_powers_count(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert told(logged_in("api-token", root())) == [(200, ""), (200, "")]
