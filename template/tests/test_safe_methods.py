"""Looking changes nothing: whatever is asked for by GET, HEAD or OPTIONS, the database is as it was."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.models import User
from tests.pages import addresses

pytestmark = pytest.mark.django_db

SESSIONS = "logins_session"
"""The one exception: a link of a mail puts its token into the session, to have it out of the address."""
BY_DESIGN = "accounts/reset/<uidb64>/<token>/"


def contents() -> Mapping[str, list[tuple[object, ...]]]:
    """Return every row of every table, with the place that the table keeps it in, which a change moves."""
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f"SELECT ctid::text, xmin::text, * FROM {quoted(table)} ORDER BY ctid")
            found[table] = cursor.fetchall()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        return found | {"sequences": cursor.fetchall()}


@pytest.mark.asvs("3.5.3")
@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("role", ["anonymous", "admin"])
def test_looking_changes_nothing(client: Client, admin: User, role: str, method: str) -> None:
    if role == "admin":
        client.force_login(admin)
    asked = addresses(admin)
    before = contents()
    for address in asked:
        assert getattr(client, method)(address.path).status_code < 500, address
        after = contents()
        changed = {table for table in after if after[table] != before.get(table)}
        assert changed <= ({SESSIONS} if address.route == BY_DESIGN else set()), address
        before = after


@pytest.mark.asvs("13.4.4")
@pytest.mark.parametrize("role", ["anonymous", "admin"])
def test_nobody_is_sent_back_what_they_sent(client: Client, admin: User, role: str) -> None:
    """By TRACE, which would show a script the cookies that it can't read."""
    if role == "admin":
        client.force_login(admin)
    for address in addresses(admin):
        answer = client.generic("TRACE", address.path, headers={"X-Secret": "hunter2"})
        assert answer.get("Content-Type") != "message/http", address
        assert b"hunter2" not in b"".join(answer), address


def test_a_change_would_be_seen(admin: User) -> None:
    before = contents()
    User.objects.filter(pk=admin.pk).update(first_name=admin.first_name)
    after = contents()
    assert {table for table in after if after[table] != before[table]} == {"accounts_user"}
