"""The audit: what is written, what is not, and that nobody changes it."""

import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from stack.audit.context import current_request
from stack.audit.entries import record
from stack.audit.events import Event
from stack.audit.models import AuditEntry
from stack.retention import clear_expired
from tests.commits import Commit

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery-staple"
ADDRESS = "192.0.2.7"


@pytest.fixture(name="user")
def fixture_user(db: None) -> Any:  # pylint: disable=unused-argument
    return get_user_model().objects.create_user(f"{uuid4().hex}@example.com", PASSWORD)


@pytest.fixture(name="root")
def fixture_root(db: None) -> Any:  # pylint: disable=unused-argument
    return get_user_model().objects.create_superuser(f"{uuid4().hex}@example.com", PASSWORD)


def told(*events: Event) -> list[AuditEntry]:
    """Return the entries of these kinds, in the order that they were written."""
    return list(AuditEntry.objects.filter(event__in=events).order_by("id"))


def post(name: str, body: dict[str, str], client: Client | None = None) -> Any:
    headers = {"X-Request-ID": "of-this-request"}
    return (client or Client()).post(reverse(name), body, REMOTE_ADDR=ADDRESS, headers=headers)


@pytest.mark.asvs("16.3.1")
def test_a_log_in_and_a_log_out_say_who_where_and_how(user: Any) -> None:
    client = Client()
    post("login", {"username": user.email, "password": PASSWORD}, client)
    post("logout", {}, client)
    first, second = told(Event.LOGGED_IN, Event.LOGGED_OUT)
    assert (first.event, first.way, second.event, second.way) == (
        "logged_in",
        "login",
        "logged_out",
        "logout",
    )
    for entry in (first, second):
        assert (entry.actor_id, entry.subject_id) == (user.pk, user.pk)
        assert (entry.address, entry.request_id) == (ADDRESS, "of-this-request")


def test_a_token_is_a_log_in_too(user: Any) -> None:
    body = {"email": user.email, "password": PASSWORD}
    assert Client().post(reverse("api-token"), body, "application/json").status_code == 200
    (entry,) = told(Event.LOGGED_IN)
    assert (entry.subject_id, entry.way) == (user.pk, "api-token")


@pytest.mark.asvs("16.3.1")
def test_a_log_in_that_fails_names_the_account_and_of_no_account_nothing(user: Any) -> None:
    for name in (user.email, "my-secret-password"):
        post("login", {"username": name, "password": "another-secret"})
    known, unknown = told(Event.LOGIN_FAILED)
    assert (known.subject_id, known.actor_id) == (user.pk, None)
    assert unknown.subject_id is None
    for row in AuditEntry.objects.values():
        assert "secret" not in str(row) and "@" not in str(row)


def test_a_password_says_that_it_changed_and_not_what_it_is(user: Any, root: Any) -> None:
    client = Client()
    client.force_login(root)
    fresh = "a-quite-different-passphrase"
    form = {"usable_password": "true", "password1": fresh, "password2": fresh, "set-password": "1"}
    client.post(reverse("admin:auth_user_password_change", args=[user.pk]), form)
    (entry,) = told(Event.PASSWORD_CHANGED)
    assert (entry.actor_id, entry.subject_id) == (root.pk, user.pk)
    assert fresh not in str(list(AuditEntry.objects.values()))


def test_powers_are_told_however_they_are_given(user: Any) -> None:
    group, permission = Group.objects.create(name="Editors"), Permission.objects.all()[0]
    user.is_staff = True
    user.save()
    user.groups.add(group)
    group.user_set.remove(user)
    user.user_permissions.set([permission])
    user.user_permissions.clear()
    group.permissions.add(permission)
    user.groups.add(group)
    user.groups.add(group)  # changes nothing
    found = told(Event.POWERS_CHANGED)
    assert [entry.subject_id for entry in found] == [user.pk] * 5 + [None, user.pk]
    assert found[0].details == {"is_staff": True}
    assert found[1].details == {"list": "user_groups", "change": "add", "keys": [group.pk]}
    assert [entry.details["change"] for entry in found[2:]] == ["remove", "add", "clear", "add", "add"]


def test_who_is_disabled_or_enabled_is_told(user: Any) -> None:
    for active in (False, True, True):
        user.is_active = active
        user.save(update_fields=["is_active"])
    get_user_model().objects.create_superuser("root@example.com")
    events = told(Event.USER_DISABLED, Event.USER_ENABLED, Event.POWERS_CHANGED)
    assert [entry.event for entry in events] == ["user_disabled", "user_enabled", "powers_changed"]
    assert events[-1].details == {"is_staff": True, "is_superuser": True}


def test_what_staff_do_in_the_admin_is_told_row_by_row(root: Any) -> None:
    client = Client()
    client.force_login(root)
    client.post(reverse("admin:auth_group_add"), {"name": "Editors"})
    Group.objects.create(name="Readers")
    keys = [str(group.pk) for group in Group.objects.order_by("pk")]
    form = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    client.post(reverse("admin:auth_group_changelist"), form)
    assert not Group.objects.exists()
    found = told(Event.STAFF_ACTION)
    assert [(entry.details["action"], entry.details["key"]) for entry in found] == [
        ("Addition", keys[0]),
        ("Deletion", keys[0]),
        ("Deletion", keys[1]),
    ]
    assert {(entry.actor_id, entry.details["model"]) for entry in found} == {(root.pk, "auth.Group")}


def test_the_log_has_the_same_once_it_is_committed(
    user: Any, commit: Commit, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "audit"):
        with commit():
            post("login", {"username": user.email, "password": PASSWORD})
            assert not [line for line in caplog.records if line.name == "audit"]
    (line,) = [line for line in caplog.records if line.name == "audit"]
    shown = vars(line)
    assert (line.getMessage(), shown["subject_id"], shown["address"]) == ("logged_in", user.pk, ADDRESS)


def test_what_is_undone_has_no_entry(user: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(Event.LOGGED_OUT, subject=user.pk)
        raise ZeroDivisionError
    assert not told(Event.LOGGED_OUT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET address = ''",
        "UPDATE audit_auditentry SET keep_until = now() - interval '1 day'",
        "DELETE FROM audit_auditentry",
    ],
)
def test_the_database_refuses_to_change_an_entry(user: Any, statement: str) -> None:
    record(Event.LOGGED_OUT, subject=user.pk)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert told(Event.LOGGED_OUT)


def test_an_entry_outlives_its_user(user: Any) -> None:
    record(Event.LOGGED_OUT, subject=user.pk, actor=user.pk)
    key = user.pk
    user.delete()
    (entry,) = told(Event.LOGGED_OUT)
    assert (entry.subject_id, entry.actor_id) == (key, key)


def test_entries_are_purged_when_their_time_is_over(user: Any, settings: Settings) -> None:
    record(Event.LOGGED_OUT, subject=user.pk)
    settings.AUDIT_RETENTION_DAYS = -1
    record(Event.LOGGED_OUT, subject=user.pk)
    old = told(Event.LOGGED_OUT)[-1]
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.update(way="changed")  # not even those
    assert clear_expired()["audit.AuditEntry"] == 1
    (kept,) = told(Event.LOGGED_OUT)
    assert kept.pk != old.pk
    assert timedelta(days=364) < kept.keep_until - timezone.now() < timedelta(days=366)


def test_superusers_look_and_nobody_changes_anything(user: Any, root: Any) -> None:
    record(Event.LOGGED_OUT, subject=user.pk)
    (entry,) = told(Event.LOGGED_OUT)
    table = reverse("admin:audit_auditentry_changelist")
    page = reverse("admin:audit_auditentry_change", args=[entry.pk])
    key = user.pk
    user.delete()
    client = Client()

    staff = get_user_model().objects.create_user("staff@example.com", PASSWORD, is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="audit"))
    client.force_login(staff)
    assert [client.get(path).status_code for path in (table, page)] == [403, 403]

    client.force_login(root)
    for path in (table, page):
        assert f">{key}<" in client.get(path).content.decode()
    others = [
        reverse("admin:audit_auditentry_add"),
        reverse("admin:audit_auditentry_delete", args=[entry.pk]),
    ]
    for path in (page, *others):
        assert client.post(path, {"post": "yes"}).status_code == 403


def test_outside_of_a_request_nobody_is_named(user: Any) -> None:
    Client().get("/")
    assert current_request.get() is None
    record(Event.LOGGED_OUT, subject=user.pk)
    (entry,) = told(Event.LOGGED_OUT)
    assert (entry.actor_id, entry.address, entry.way) == (None, "", "")
