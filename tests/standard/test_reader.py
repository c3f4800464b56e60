"""The reader of the standard: what it gives, and what it refuses."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.standard.reader import Level, read_standard

VALID = """
extends = false

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
def test_an_error_names_file_line_entry_and_key(
    tmp_path: Path, old: str, new: str, where: str, found: str
) -> None:
    assert old in VALID
    text = VALID.replace(old, new, 1)
    path = written(tmp_path, text)

    with pytest.raises(UserError) as caught:
        read_standard(path)

    line = text[: text.index(new or '"Django"')].count("\n") + 1
    assert (caught.value.where, caught.value.found) == (f"{path}:{line}: {where}", found)


@pytest.mark.parametrize("text", ["[sections", "a = 1\na = 2"])
def test_what_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="as TOML"):
        read_standard(written(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no\.toml"):
        read_standard(tmp_path / "no.toml")


TEAM = """
[technologies]
django = { minimum = "6.1", level = "recommended" }
kafka = { level = "required" }
structlog = { name = "structlog", section = "monitoring", level = "required", packages = ["structlog"] }

[practices]
changelog = { name = "A changelog", section = "ours", level = "optional", unchecked = "it is on the wiki" }

[sections]
ours = "Ours"

[rules]
docker-non-root = "recommended"
mermaid-diagram = "off"

[answers]
broker = "rabbitmq"
"""


def test_a_team_s_file_names_what_is_different(tmp_path: Path) -> None:
    ours, team = read_standard(), read_standard(written(tmp_path, TEAM))

    assert (team.technologies["django"].minimum, team.technologies["django"].level) == (
        "6.1",
        Level.RECOMMENDED,
    )
    assert team.technologies["django"].packages == ours.technologies["django"].packages
    assert team.technologies["kafka"].level is Level.REQUIRED
    assert team.technologies["redis"] == ours.technologies["redis"]
    assert team.technologies["structlog"].packages == ("structlog",)
    assert team.practices["changelog"].unchecked == "it is on the wiki"
    assert list(team.sections) == [*ours.sections, "ours"]
    assert team.level("docker-non-root", "docker-non-root") is Level.RECOMMENDED
    assert team.level("mermaid-diagram", "mermaid") is None
    assert team.level("anything", "django") is Level.RECOMMENDED
    assert team.level("anything", "nothing") is None


def test_files_extend_one_another(tmp_path: Path) -> None:
    (tmp_path / "company").mkdir()
    written(tmp_path / "company", TEAM)
    (tmp_path / "mine.toml").write_text(
        'extends = "company/team.toml"\n[technologies]\ndjango = { minimum = "6.2" }\n', encoding="utf-8"
    )

    django = read_standard(tmp_path / "mine.toml").technologies["django"]

    assert (django.minimum, django.level, django.name) == ("6.2", Level.RECOMMENDED, "Django")


def test_files_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="each of which extends the next"):
        read_standard(written(tmp_path, 'extends = "team.toml"\n'))


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("extends = 5\n", ":1: extends", "5"),
        ('[technologies]\ndjango = { minimum = "six" }\n', ":2: technologies.django.minimum", "'six'"),
        ('[technologies]\n\ndjango = { level = "must" }\n', ":3: technologies.django.level", "'must'"),
        ('[technologies.django]\nlevl = "must"\n', ":2: technologies.django.levl", "'levl'"),
        ('[technologies]\nnew = { name = "New" }\n', ":2: technologies.new.section", "nothing"),
        ('[rules]\na = "x"\n', ":2: rules.a", "'x'"),
        (
            '[practices]\ndjango = { name = "a", section = "core", level = "off" }\n',
            ":2: practices.django.level",
            "'off'",
        ),
        (
            '[practices]\ndjango = { name = "a", section = "core", level = "required" }\n',
            ":2: practices.django",
            "'django'",
        ),
        ("technologies = 5\n", ":1: technologies", "5"),
    ],
)
def test_an_error_is_told_at_the_team_s_line(tmp_path: Path, text: str, where: str, found: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(UserError) as caught:
        read_standard(path)

    assert (caught.value.where, caught.value.found) == (f"{path}{where}", found)
