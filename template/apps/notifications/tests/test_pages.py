"""The page of notifications, and those of the admin."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.tests.factories import UserFactory
from apps.notifications.models import Notification
from apps.notifications.tests.factories import notification_make

pytestmark = pytest.mark.django_db


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.mark.asvs("1.1.2", "1.2.1")
def test_the_page_shows_a_user_s_own_newest_first_and_as_text() -> None:
    user = UserFactory.create()
    notification_make(user, "<b>first</b>")
    notification_make(user, "second")
    notification_make(text="of somebody else")
    page = client_of(user).get("/notifications/").content.decode()
    assert page.index("second") < page.index("&lt;b&gt;first&lt;/b&gt;")
    assert "somebody else" not in page and 'data-after="2"' in page


def test_the_nameless_are_asked_to_log_in() -> None:
    answer = Client().get("/notifications/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/notifications/")


@pytest.mark.parametrize(("up_to", "left"), [("1", 1), ("2", 0), ("", 2), ("x", 2), ("9" * 30, 2)])
def test_all_that_was_shown_is_marked_as_read(up_to: str, left: int) -> None:
    user = UserFactory.create()
    for _ in range(2):
        notification_make(user)
    assert client_of(user).post("/notifications/", {"up_to": up_to}).status_code == 302
    assert Notification.objects.filter(read_at=None).count() == left


@pytest.mark.asvs("3.5.1")
def test_a_form_of_another_page_marks_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(notification_make().user)
    assert client.post("/notifications/", {"up_to": "1"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_the_admin_takes_the_same_queries_for_one_and_for_twenty(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _ in range(rows):
        notification_make()
    with django_assert_num_queries(6):  # session, user, two counts, the kinds to filter by, the rows
        page = admin_client.get(f"/{settings.ADMIN_PATH}notifications/notification/")
    assert page.content.count(b'/change/">') >= rows


def test_a_notification_is_only_looked_at(admin_client: Client) -> None:
    address = f"/{settings.ADMIN_PATH}notifications/notification/{notification_make().pk}"
    assert admin_client.get(f"{address}/change/").status_code == 200
    assert admin_client.get(f"/{settings.ADMIN_PATH}notifications/notification/add/").status_code == 403
    assert admin_client.post(f"{address}/change/", {"text": "other"}).status_code == 403
    assert admin_client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
