"""What has expired goes, what has not stays, and nobody waits for it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stack import retention
from stack.retention import clear_expired, older
from stack.sessions.models import Session

pytestmark = pytest.mark.django_db
LABEL = "logins.Session"


def session(name: str, *, expires_in: timedelta) -> Session:
    return Session.objects.create(session_key=name, expire_date=timezone.now() + expires_in)


def left() -> set[str]:
    return set(Session.objects.values_list("pk", flat=True))


def test_old_goes_and_young_stays() -> None:
    session("old", expires_in=timedelta(seconds=-1))
    session("young", expires_in=timedelta(minutes=1))

    assert clear_expired() == {LABEL: 1}

    assert left() == {"young"}
    assert not clear_expired()


def test_it_is_deleted_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(5):
        session(f"old-{number}", expires_in=timedelta(days=-1))

    with CaptureQueriesContext(connection) as asked:
        assert clear_expired() == {LABEL: 5}

    deletions = [query["sql"] for query in asked if query["sql"].startswith('DELETE FROM "logins_session"')]
    assert [text.count("old-") for text in deletions] == [2, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_what_somebody_has_in_hand_is_passed_over() -> None:
    for name in ("held", "free"):
        session(name, expires_in=timedelta(days=-1))
    other = connections[DEFAULT_DB_ALIAS].copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM logins_session WHERE session_key = 'held' FOR UPDATE")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")  # else it would wait for itself
            assert clear_expired() == {LABEL: 1}
        assert left() == {"held"}
    finally:
        other.close()

    assert clear_expired() == {LABEL: 1}


def test_the_command_does_it_without_a_worker() -> None:
    session("old", expires_in=timedelta(days=-1))
    out = StringIO()

    call_command("clear_expired", stdout=out)

    assert out.getvalue() == f"{LABEL}: 1\n"
    assert not left()


@pytest.mark.parametrize(("days", "found"), [(0, 0), (1, 1), (3, 0)])
def test_how_long_is_said_in_days(days: int, found: int) -> None:
    session("old", expires_in=timedelta(days=-2))

    assert older(Session.objects.all(), "expire_date", days).count() == found
