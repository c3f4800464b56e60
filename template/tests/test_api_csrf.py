"""A session alone changes nothing by the API: other sites' pages could use it, but know no token."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from tests.api import Operation, make_things_of, operations

pytestmark = pytest.mark.django_db

WRITES = [
    one for one in operations() if one.method != "get" and {} not in one.definition.get("security", [{}])
]
"""What changes something, and wants to know who calls."""
TOKEN = "a" * 32
REFUSED = b"CSRF Failed"


@pytest.fixture(name="session")
def fixture_session() -> Client:
    """Somebody's browser, with the session and the token's cookie."""
    user: User = UserFactory.create(admin=True)
    make_things_of(user)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    return client


def written(session: Client, operation: Operation, **headers: str) -> Any:
    return session.generic(
        operation.method.upper(),
        operation.url,
        "{}",
        "application/json",
        headers=operation.headers | headers,
    )


def test_there_is_something_to_protect() -> None:
    assert len(WRITES) >= 3


@pytest.mark.asvs("3.5.1", "3.5.2")
@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_a_session_without_the_token_is_refused(session: Client, operation: Operation) -> None:
    answer = written(session, operation)
    assert answer.status_code == 403
    assert REFUSED in answer.content


@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("origin", ["https://attacker.example", "null", "http://testserver.attacker.example"])
@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_another_site_is_refused_even_with_the_token(
    session: Client, operation: Operation, origin: str
) -> None:
    answer = written(session, operation, **{"X-CSRFToken": TOKEN, "Origin": origin})
    assert answer.status_code == 403
    assert REFUSED in answer.content


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_with_the_token_the_session_is_known(session: Client, operation: Operation) -> None:
    answer = written(session, operation, **{"X-CSRFToken": TOKEN})
    assert answer.status_code < 500
    assert REFUSED not in answer.content
