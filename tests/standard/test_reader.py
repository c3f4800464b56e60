"""The reader of the standard: what it gives, and what it refuses."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.standard.reader import Level, read_standard

VALID = """
[sections]
core = "Core"

[technologies]
django = { name = "Django", section = "core", level = "required", minimum = "6.0" }
flask = { name = "Flask", section = "core", level = "optional", alternatives = ["django"] }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "team.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_becomes_a_technology(tmp_path: Path) -> None:
    django, flask = read_standard(written(tmp_path, VALID)).technologies.values()

    assert (django.id, django.name, django.section) == ("django", "Django", "core")
    assert (django.level, django.minimum, django.alternatives) == (Level.REQUIRED, "6.0", ())
    assert (flask.level, flask.minimum, flask.alternatives) == (Level.OPTIONAL, None, ("django",))


def test_a_standard_cannot_be_changed(tmp_path: Path) -> None:
    standard = read_standard(written(tmp_path, VALID))

    with pytest.raises(FrozenInstanceError):
        standard.technologies["django"].minimum = "1.0"  # type: ignore[misc]
    with pytest.raises(TypeError):
        del standard.technologies["django"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "where", "found"),
    [
        ('level = "required"', 'level = "must"', "technologies.django.level", "'must'"),
        ('level = "required", ', "", "technologies.django.level", "nothing"),
        ('name = "Django"', "name = 6", "technologies.django.name", "6"),
        ('name = "Django"', 'name = " "', "technologies.django.name", "' '"),
        ('"6.0"', "6.0", "technologies.django.minimum", "6.0"),
        ("minimum", "minimun", "technologies.django.minimun", "'minimun'"),
        (
            'section = "core", level = "required"',
            'section = "x", level = "required"',
            "technologies.django.section",
            "'x'",
        ),
        ('["django"]', '["rails"]', "technologies.flask.alternatives", "'rails'"),
        ('["django"]', '["flask"]', "technologies.flask.alternatives", "'flask'"),
        ('["django"]', '"django"', "technologies.flask.alternatives", "'django'"),
        ('core = "Core"', "core = []", "sections.core", "[]"),
        ("[sections]", "[section]", "section", "'section'"),
        ("[technologies]", "[other]", "other", "'other'"),
        ('{ name = "Flask"', '"Flask" #', "technologies.flask", "'Flask'"),
    ],
)
def test_an_error_names_file_entry_and_key(
    tmp_path: Path, old: str, new: str, where: str, found: str
) -> None:
    assert old in VALID
    path = written(tmp_path, VALID.replace(old, new, 1))

    with pytest.raises(UserError) as caught:
        read_standard(path)

    assert (caught.value.where, caught.value.found) == (f"{path}: {where}", found)


@pytest.mark.parametrize("text", ["[sections", "a = 1\na = 2"])
def test_what_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="as TOML"):
        read_standard(written(tmp_path, text))


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="A table: nothing"):
        read_standard(written(tmp_path, VALID.partition("[technologies]")[0]))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no\.toml"):
        read_standard(tmp_path / "no.toml")
