"""Numbers without gaps, in the order of commits; what is read stays read."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.tests.factories import UserFactory
from apps.notifications.models import Notification
from apps.notifications.selectors import notifications_after, notifications_unread
from apps.notifications.services import notification_add, notifications_read
from apps.notifications.tests.factories import notification_make
from tests.processes import wait_until


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or it stays the same within a transaction
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        count: int = cursor.fetchone()[0]
        return count


@pytest.mark.django_db
def test_each_user_has_numbers_of_their_own() -> None:
    one, other = UserFactory.create_batch(2)
    numbers = [notification_make(user).number for user in (one, one, other, one)]
    assert numbers == [1, 2, 1, 3]


@pytest.mark.django_db
def test_telling_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = UserFactory.create()
    for _ in range(2):
        with django_assert_num_queries(2):
            notification_add(user.pk, "hello", "Hello!", {"order": "1"})
    assert Notification.objects.filter(data={"order": "1"}).count() == 2


@pytest.mark.django_db(transaction=True)
def test_telling_belongs_into_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        notification_add(UserFactory.create().pk, "hello", "Hello!")


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_gap() -> None:
    user = notification_make().user
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notification_add(user.pk, "hello", "Hello!")
        raise ZeroDivisionError
    assert notification_make(user).number == 2


@pytest.mark.django_db
def test_a_number_never_comes_twice() -> None:
    user = notification_make().user
    Notification.objects.all().delete()
    assert notification_make(user).number == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("told_before", [0, 1])
def test_who_is_numbered_later_is_committed_later(told_before: int) -> None:
    user = UserFactory.create()
    for _ in range(told_before):
        notification_make(user)

    def tell() -> None:
        try:
            notification_make(user, "second")
        finally:
            connection.close()

    thread = threading.Thread(target=tell)
    with transaction.atomic():
        notification_add(user.pk, "hello", "first")
        thread.start()
        wait_until(lambda: waiting_for_locks() == 1)
        assert not Notification.objects.filter(text="second").exists()
    thread.join()
    told = Notification.objects.filter(number__gt=told_before).order_by("number")
    assert list(told.values_list("number", "text")) == [
        (told_before + 1, "first"),
        (told_before + 2, "second"),
    ]


@pytest.mark.django_db
def test_what_is_read_is_read_once_and_up_to_a_number() -> None:
    user = UserFactory.create()
    ahead = timezone.now() + timedelta(minutes=1)  # of a server whose clock is
    notification_make(user, created_at=ahead)
    notification_make(user)
    notification_make(user)
    other = notification_make()
    assert notifications_read(user.pk, 2) == 2
    assert notifications_read(user.pk, 2) == 0
    assert notifications_unread(user) == notifications_unread(other.user) == 1
    assert Notification.objects.get(user=user, number=1).read_at == ahead


@pytest.mark.django_db
def test_many_places_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, other, nobody = UserFactory.create_batch(3)
    for number in range(1, 6):
        notification_make(one, f"{number} of one")
        notification_make(other, f"{number} of the other")
    places = [(one.pk, 0), (other.pk, 3), (one.pk, 4), (nobody.pk, 0), (one.pk, 2**63 - 1)]
    with django_assert_num_queries(1):
        found = notifications_after(places, 3)
    assert [[item["text"] for item in items] for items in found] == [
        ["1 of one", "2 of one", "3 of one"],
        ["4 of the other", "5 of the other"],
        ["5 of one"],
        [],
        [],
    ]
    assert found[2][0].keys() == {"number", "kind", "text", "data", "created_at", "read_at"}
    assert found[2][0]["data"] == {}
