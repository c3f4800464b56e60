"""poetry-constraints."""

import tomllib

import pytest

from stackyard.checking.fixing import edited
from stackyard.lock.hashing import content_hash
from tests.rules.repo import Break, findings, flags, passes

# A lock without a hash is one that `poetry-lock-in-step` cannot tell anything of.
BREAK = Break(
    "pyproject.toml",
    'zizmor = ">=1.32,<2"',
    'zizmor = "*"',
    (Break("poetry.lock", "content-hash = ", "hash = "),),
)


def table(*lines: str) -> dict[str, str]:
    return {"pyproject.toml": "\n".join(["[tool.poetry.dependencies]", 'python = ">=3.13"', *lines, ""])}


@pytest.mark.parametrize(
    "line",
    [
        'django = "^6.0"',
        'django = "~6.0"',
        'django = "6.*"',
        'django = "6.0.1"',
        'django = ">=6.0,<7"',
        'django = "^5.2 || ^6.0"',
        'django = {version = "^6.0", extras = ["argon2"]}',
        'django = {git = "https://github.com/django/django.git", branch = "main"}',
        'django = {path = "../django"}',
        'django = "what nobody can read"',
    ],
)
def test_an_upper_bound_passes(line: str) -> None:
    passes("poetry-constraints", table(line))


@pytest.mark.parametrize(
    "line",
    ['django = "*"', 'django = ">=6.0"', 'django = ">5"', 'django = "^5 || >=7"', 'django = {version = "*"}'],
)
def test_no_upper_bound(line: str) -> None:
    flags("poetry-constraints", table('redis = "^6.0"', line), "pyproject.toml:4 django has no upper bound")


def test_each_item_of_a_list_has_its_line() -> None:
    text = '[project]\ndependencies = [\n    "celery (>=5,<6)",\n    "django",\n    "redis>=5",\n]\n'
    flags(
        "poetry-constraints",
        {"pyproject.toml": f"{text}[tool.poetry]\n"},
        "pyproject.toml:4 django",
        "pyproject.toml:5 redis",
    )


def test_a_source_of_what_the_project_asks_for_passes() -> None:
    asked = '[project]\ndependencies = ["django (>=6,<7)"]\n'
    source = '[tool.poetry.dependencies]\ndjango = {source = "ours"}\n'
    passes("poetry-constraints", {"pyproject.toml": asked + source})


def test_another_managers_are_not_looked_at() -> None:
    passes("poetry-constraints", {"pyproject.toml": '[project]\ndependencies = ["django"]\n', "uv.lock": ""})


LOCKED = (
    '[[package]]\nname = "django"\nversion = "6.0.3"\n\n[[package]]\nname = "redis"\nversion = "0.8.1"\n\n'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ['django = "*"  # the framework', 'redis = ">=0.5"'],
            ['django = "^6.0.3"  # the framework', 'redis = ">=0.5,<0.9"'],
        ),
        (['django = {version = "*"}', 'redis = "~0.8"'], ['django = {version = "^6.0.3"}', 'redis = "~0.8"']),
    ],
)
def test_fixes_keep_what_is_locked(before: list[str], after: list[str]) -> None:
    files = table(*before)
    digest = content_hash(tomllib.loads(files["pyproject.toml"]))
    files["poetry.lock"] = f'{LOCKED}[metadata]\ncontent-hash = "{digest}"\n'
    for finding in findings("poetry-constraints", files):
        for edit in finding.edits:
            text = edited(files[edit.path], edit)
            assert text is not None
            files[edit.path] = text
    assert files["pyproject.toml"] == table(*after)["pyproject.toml"]
    passes("poetry-constraints", files)
    passes("poetry-lock-in-step", files)


def test_a_list_is_fixed_as_well() -> None:
    files = {
        "pyproject.toml": '[project]\ndependencies = [\n    "Django[argon2]",\n]\n',
        "poetry.lock": LOCKED,
    }
    (edit,) = findings("poetry-constraints", files)[0].edits
    assert '    "Django[argon2] (>=6.0.3,<7)",\n' in str(edited(files["pyproject.toml"], edit))


def test_the_remedy_names_what_is_locked() -> None:
    lock = '[[package]]\nname = "black"\nversion = "22.1.0"\n'
    files = {**table('black = ">=20.8b1"'), "poetry.lock": lock}
    assert "`^22.1.0`" in findings("poetry-constraints", files)[0].remedy
