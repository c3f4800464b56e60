"""Users and their addresses."""

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import aauthenticate, authenticate
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.proves("factory-boy")
@pytest.mark.proves("faker")
def test_the_factory_makes_people_who_differ_and_can_log_in() -> None:
    people = UserFactory.create_batch(5)

    assert len({person.email for person in people}) == 5
    assert len({person.get_full_name() for person in people}) > 1
    assert all(authenticate(username=person.email, password=PASSWORD) == person for person in people)


def test_an_address_is_kept_in_lower_case() -> None:
    user = UserFactory.create(email="Ada@EXAMPLE.com")

    assert user.email == "ada@example.com"
    user.refresh_from_db()
    assert user.email == "ada@example.com"


@pytest.mark.proves("django-auth")
@pytest.mark.parametrize("written", ["ada@example.com", "ADA@example.com", "Ada@Example.Com"])
def test_log_in_knows_no_case(user: User, written: str) -> None:
    assert authenticate(username=written, password=PASSWORD) == user


def test_log_in_knows_no_case_in_async_code_either(user: User) -> None:
    assert async_to_sync(aauthenticate)(username="ADA@example.com", password=PASSWORD) == user


@pytest.mark.proves("django-auth")
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Customer@example\u3002com", "customer@example.com"),
        ("customer@example\uff0ecom", "customer@example.com"),
        ("customer@example\uff61com", "customer@example.com"),
        ("customer@o\ufb03ce.example", "customer@office.example"),
        ("customer@\uff25xample.com", "customer@example.com"),
        ("customer@exam\u00adple.com", "customer@example.com"),
        ("customer@xn--bcher-kva.example", "customer@b\u00fccher.example"),
    ],
)
def test_one_mailbox_is_one_address_however_its_domain_is_written(written: str, kept: str) -> None:
    user = UserFactory.create(email=written)
    assert user.email == kept
    for address in (written, kept):
        assert authenticate(username=address, password=PASSWORD) == user
        assert async_to_sync(User.objects.aget_by_natural_key)(address) == user
        with pytest.raises(IntegrityError), atomic():
            User.objects.create_user(address)


@pytest.mark.parametrize("before", ["customer@example\u3002com", "customer@xn--bcher-kva.example"])
def test_addresses_from_before_domains_were_put_in_order_go_on(before: str) -> None:
    user = UserFactory.create()
    User.objects.filter(pk=user.pk).update(email=before)
    assert authenticate(username=before, password=PASSWORD) == user
    other = UserFactory.create(email=before)
    assert other.email != before
    assert authenticate(username=before, password=PASSWORD) == user
    assert authenticate(username=other.email, password=PASSWORD) == other


def test_who_has_an_address_from_before_has_it_however_it_is_written() -> None:
    user = UserFactory.create()
    User.objects.filter(pk=user.pk).update(email="customer@xn--bcher-kva.example")
    assert User.objects.of_address("customer@B\u00dcCHER.example") == user


@pytest.mark.parametrize("name", ["", "@", "a@\u3002", f"a@{'\u00e9' * 300}", "not an address"])
def test_what_is_no_address_is_nobody_s(name: str) -> None:
    assert authenticate(username=name, password=PASSWORD) is None


def test_the_same_mailbox_twice_is_refused_by_the_database(user: User) -> None:
    with pytest.raises(IntegrityError):
        User.objects.create_user(user.email.upper())


def test_the_same_mailbox_twice_is_refused_by_forms(user: User) -> None:
    with pytest.raises(ValidationError, match="taken"):
        User(email=user.email.upper(), password="-").full_clean()


def test_the_database_refuses_capitals_however_they_come(user: User) -> None:
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="lower_case"):
        cursor.execute("UPDATE accounts_user SET email = 'ADA@example.com' WHERE id = %s", [user.pk])


def test_a_user_needs_an_address() -> None:
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user("")


def test_a_superuser_is_made_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("createsuperuser", "--noinput", email="Root@example.com")

    root = User.objects.get(email="root@example.com")
    assert root.is_staff and root.is_superuser and not root.has_usable_password()
    assert "created" in capsys.readouterr().out
