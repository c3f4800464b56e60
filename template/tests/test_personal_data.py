"""Personal data: nothing of it is left when somebody is erased, and no model of it is overlooked."""

# pylint: disable=protected-access  # which is what a model's base manager is called

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import Error, connection, models, transaction
from django.test.utils import isolate_apps

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from stack import personal
from tests.api import make_things_of
from tests.commits import Commit
from tests.rows import row_of

type Model = type[models.Model]

MARK = "planted-4f1c"
LOOKS_PERSONAL = re.compile(
    r"(^|_)(e?mail|(first|last|full|nick)_?name|phone|mobile|address|street|city|post_?code|zip|birth\w*"
    r"|gender|agent|ip|iban)($|_)"
)
"""Names of columns that are mostly about people."""
SECRETS = {"auth_hash", "key", "password", "refresh", "session_data", "session_key"}
"""Names of columns with which one gets in."""
WORDS = (models.CharField, models.TextField, models.JSONField)


TAKEN = {"email", "object_id"}
"""Names of columns that have the mark already, or keys of rows."""


def of_users(model: Model) -> list[str]:
    """Return the columns by which a model's rows belong to a user."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is get_user_model()
    ]


def undecided(found: Iterable[Model]) -> set[str]:
    """Return the models that may be about people, and about which no app says anything."""
    parts = personal.parts().values()
    decided = {label for part in parts for label in (*part.MODELS, *part.NOT_PERSONAL)}
    return {
        model._meta.label
        for model in found
        if not model._meta.proxy
        and model._meta.label not in decided
        and (of_users(model) or any(LOOKS_PERSONAL.search(field.name) for field in model._meta.fields))
    }


def test_every_model_that_may_be_about_people_is_decided_about() -> None:
    assert undecided(apps.get_models()) == set()


def test_what_is_decided_about_exists_and_has_a_reason() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    for part in personal.parts().values():
        assert {*part.MODELS, *part.NOT_PERSONAL} <= labels
        assert all(reason.strip() for reason in part.NOT_PERSONAL.values())


@isolate_apps("apps.accounts")
def test_a_new_model_without_a_decision_is_found() -> None:
    class Diary(models.Model):  # pylint: disable=unused-variable
        """Somebody's."""

        owner = models.ForeignKey(User, models.CASCADE, related_name="+")

        class Meta:
            """Of an app that says nothing of it."""

            app_label = "accounts"

    class Supplier(models.Model):
        """Somebody, without an account."""

        phone = models.CharField(max_length=20)

        class Meta:
            """Of an app that says nothing of it."""

            app_label = "accounts"

    class Colour(models.Model):
        """Nobody."""

        name = models.CharField(max_length=20)

        class Meta:
            """Of an app that says nothing of it."""

            app_label = "accounts"

    assert undecided([Diary, Supplier, Colour]) == {"accounts.Diary", "accounts.Supplier"}


def rows_of(user: User) -> Iterator[models.QuerySet[Any]]:
    """Yield what there is of the only user, of each model: a row at least."""
    yield User.objects.filter(pk=user.pk)
    for model in apps.get_models():
        for owner in of_users(model):
            row_of(model)
            yield model._base_manager.filter(**{owner: user.pk})


def plant(user: User) -> set[str]:
    """Write the mark into each column of the user's rows that takes it; return the tables."""
    planted = set()
    for rows in rows_of(user):
        for field in rows.model._meta.concrete_fields:
            if isinstance(field, WORDS) and not (field.primary_key or field.name in TAKEN):
                value: Any = {"mark": MARK} if isinstance(field, models.JSONField) else MARK
                planted |= {rows.model._meta.db_table} if written(rows, field.name, value) else set()
    return planted


def written(rows: models.QuerySet[Any], name: str, value: Any) -> bool:
    """Write a value into a column, unless the database refuses."""
    try:
        with transaction.atomic():
            return bool(rows.update(**{name: value}))
    except Error:
        return False


def tables_with(word: str) -> set[str]:
    """Return the tables of the database of which some column of some row has this in it."""
    with connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT EXISTS (SELECT 1 FROM {name} AS whole WHERE whole::text ILIKE %s)", [f"%{word}%"]
            )
            if cursor.fetchone()[0]:
                found.add(table)
        return found


@pytest.fixture(name="person")
def _person(db: None) -> User:  # pylint: disable=unused-argument
    """The only user, of whom each app has something."""
    user: User = UserFactory.create(email=f"{MARK}@example.com", first_name=f"First {MARK}")
    make_things_of(user)
    return user


def test_after_an_erasure_no_table_has_anything_of_the_person(
    person: User, media: Path, commit: Commit
) -> None:
    planted = plant(person)
    assert {"accounts_user", "django_admin_log", "logins_session"} <= planted
    assert tables_with(MARK) >= planted
    owned = {model: model._base_manager.count() for model in apps.get_models() if of_users(model)}
    assert all(owned.values()), owned
    with commit():
        personal.erase(person)
        assert files(media) or not apps.is_installed("apps.pictures")  # not before all of it is sure

    assert tables_with(MARK) == set()
    assert files(media) == []
    assert User.objects.filter(pk=person.pk, is_active=False).exists()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_erasure_that_fails_has_erased_nothing(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(person)
    before = tables_with(MARK)
    *_, last = personal.parts().values()

    def fail(_user: User) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(last, "erase", fail)
    with pytest.raises(RuntimeError):
        personal.erase(person)

    assert tables_with(MARK) == before


def test_what_is_given_has_every_part_and_nothing_that_opens_anything(person: User) -> None:
    secrets: list[str] = []
    for rows in rows_of(person):
        for name in SECRETS & {field.name for field in rows.model._meta.concrete_fields}:
            secrets.append(f"secret-{len(secrets)}")
            assert written(rows, name, secrets[-1])

    given = personal.export(person)

    text = DjangoJSONEncoder().encode(given)
    assert set(given) == set(personal.parts())
    assert person.email in text
    assert len(secrets) >= 4
    assert "secret-" not in text
