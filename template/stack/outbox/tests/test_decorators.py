"""Code that was written for the library's decorator gets ours, which does what that was thought to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.db import transaction
from django.db.models import Model
from django_outbox_pattern import decorators as library
from django_outbox_pattern.decorators import Config
from django_outbox_pattern.models import Published

from stack.outbox import checks, decorators
from stack.outbox.checks import writes

pytestmark = pytest.mark.django_db


class Team(Group):
    """A model with a `save` of its own."""

    class Meta:
        """Another view of a table that is there."""

        proxy = True
        app_label = "of_tests_alone"

    def save(self, *args: object, **kwargs: object) -> None:
        """Write the name in small letters."""
        self.name = self.name.lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Crew(Team):
    """A model that inherits it."""

    class Meta:
        """The same table."""

        proxy = True
        app_label = "of_tests_alone"


@pytest.fixture(autouse=True)
def _decorated(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    told: list[type[Model]] = []
    monkeypatch.setattr(decorators, "told_of", told)
    monkeypatch.setattr(checks, "told_of", told)
    monkeypatch.setattr(Team, "save", Team.save)
    library.publish([Config(destination="/topic/team", fields=["name"], version="v1")])(Team)
    yield


def test_the_models_own_save_is_called_and_told_of() -> None:
    team = Team.objects.create(name="RED")
    event = Published.objects.get()
    assert event.body == {"id": team.pk, "name": "red"}
    assert event.destination == "/topic/team.v1"


def test_a_subclass_saves_and_tells_once() -> None:
    Crew.objects.create(name="BLUE")
    assert Published.objects.get().body["name"] == "blue"


def test_what_is_rolled_back_was_never_told() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Team.objects.create(name=str(1))
        raise ZeroDivisionError
    assert not Published.objects.exists()


SOURCE = """
Team.objects.filter(name="x").update(name="y")
Team.objects.all().exclude(pk=1).delete()
Team.objects.bulk_create([])
Team.objects.create(name="z")
Other.objects.update(name="y")
team.delete()
things["Team"].objects.update()
"""


def test_writes_that_tell_nothing_are_named() -> None:
    assert list(writes(SOURCE, {"Team"})) == [
        (2, "Team.objects.update"),
        (3, "Team.objects.delete"),
        (4, "Team.objects.bulk_create"),
    ]


def test_the_check_names_file_and_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = tmp_path / "services.py"
    module.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(checks, "_modules", lambda: [module])
    warnings = [message for message in run_checks() if message.id == "outbox.W001"]
    assert [warning.msg.partition(": ")[0] for warning in warnings] == [
        f"{module}:{line}" for line in (2, 3, 4)
    ]
