"""Tests keep to themselves: no database unasked, a database of their own, and nothing in it that stays."""

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from stack.environment import env

pytestmark = pytest.mark.proves("pytest-django")


def test_the_database_is_out_of_reach_unasked() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


@pytest.mark.django_db
def test_what_a_test_writes_is_for_its_own_eyes_and_never_in_the_project_s_database() -> None:
    user = UserFactory.create()
    assert User.objects.filter(pk=user.pk).exists()
    outside = connection.copy()
    try:
        with outside.cursor() as cursor:
            cursor.execute("SELECT current_database(), count(*) FROM accounts_user WHERE id = %s", [user.pk])
            database, seen = cursor.fetchone()
    finally:
        outside.close()
    assert seen == 0
    assert database.startswith("test_") and database != env.db_url("DATABASE_URL")["NAME"]
