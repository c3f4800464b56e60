"""Notifications over HTTP."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.tests.factories import UserFactory
from apps.notifications.models import Notification
from apps.notifications.tests.factories import notification_make

pytestmark = pytest.mark.django_db
NOTIFICATIONS = "/api/v1/notifications/"


def client_of(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def numbers(client: APIClient, query: str = "") -> list[int]:
    page = client.get(f"{NOTIFICATIONS}{query}").json()
    found = [row["number"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        found += [row["number"] for row in page["results"]]
    return found


def test_the_newest_come_first() -> None:
    notification = notification_make()
    client = client_of(notification.user)
    assert client.get(NOTIFICATIONS).json()["results"] == [
        {
            "number": 1,
            "kind": "hello",
            "text": "Hello!",
            "data": {},
            "created_at": notification.created_at.isoformat().replace("+00:00", "Z"),
            "read_at": None,
        }
    ]
    for _ in range(2):
        notification_make(notification.user)
    assert numbers(client) == numbers(client, "?page_size=1") == [3, 2, 1]


def test_after_a_number_the_oldest_come_first() -> None:
    user = UserFactory.create()
    for _ in range(5):
        notification_make(user)
    client = client_of(user)
    assert numbers(client, "?after=2") == numbers(client, "?after=2&page_size=1") == [3, 4, 5]
    assert numbers(client, "?after=0") == [1, 2, 3, 4, 5]
    assert numbers(client, "?after=5") == []


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9223372036854775808", "1e400"])
def test_a_number_that_is_none_is_refused(after: str) -> None:
    assert client_of(UserFactory.create()).get(f"{NOTIFICATIONS}?after={after}").status_code == 400


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries, rows: int) -> None:
    user = UserFactory.create()
    for _ in range(rows):
        notification_make(user)
    client = client_of(user)
    with django_assert_num_queries(1):
        assert len(client.get(NOTIFICATIONS).json()["results"]) == rows


def test_what_was_read_is_noted() -> None:
    user = UserFactory.create()
    for _ in range(3):
        notification_make(user)
    client = client_of(user)
    answer = client.post(f"{NOTIFICATIONS}read/", {"up_to": 2})
    assert (answer.status_code, answer.json()) == (200, {"unread": 1})
    assert [row["read_at"] is None for row in client.get(NOTIFICATIONS).json()["results"]] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("body", [{}, {"up_to": -1}, {"up_to": "1"}, {"up_to": 2**63}, {"up_to": 1, "x": 1}])
def test_what_is_no_number_is_refused(body: Any) -> None:
    assert client_of(UserFactory.create()).post(f"{NOTIFICATIONS}read/", body).status_code == 400


@pytest.mark.asvs("8.2.2")
def test_others_notifications_do_not_exist() -> None:
    notification = notification_make()
    client = client_of(UserFactory.create())
    assert numbers(client) == []
    assert client.post(f"{NOTIFICATIONS}read/", {"up_to": 9}).json() == {"unread": 0}
    assert Notification.objects.get(pk=notification.pk).read_at is None


def test_the_nameless_have_none() -> None:
    assert APIClient().get(NOTIFICATIONS).status_code == 401
    assert APIClient().post(f"{NOTIFICATIONS}read/", {"up_to": 1}).status_code == 401
