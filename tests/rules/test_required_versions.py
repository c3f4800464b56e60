"""required-versions."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("poetry.lock", 'name = "django"\nversion = "', 'name = "django"\nversion = "0.')


def poetry(asked: str, locked: str = "") -> dict[str, str]:
    files = {"pyproject.toml": f'[tool.poetry.dependencies]\npython = "^3.13"\n{asked}\n'}
    if locked:
        files["poetry.lock"] = f'[[package]]\nname = "django"\nversion = "{locked}"\n'
    return files


@pytest.mark.parametrize("version", ["6.0", "6.0.4", "6.1rc1", "7.0"])
def test_a_locked_version_that_is_new_enough_passes(version: str) -> None:
    passes("required-versions", poetry('django = ">=4"', version))


def test_a_locked_version_that_is_too_old() -> None:
    flags(
        "required-versions",
        poetry('django = "^5.2"', "5.2.8"),
        "pyproject.toml:3 django is 5.2.8; the standard wants 6.0",
    )


def test_without_a_lock_the_oldest_that_may_come_counts() -> None:
    flags("required-versions", poetry('celery = "^5.2"'), "pyproject.toml:3 celery may be as old as 5.2")


@pytest.mark.parametrize(
    "line", ["django==6.0.2", "Django>=6.0", "django", "django @ https://example.com/d.whl"]
)
def test_requirements_that_are_new_enough_or_not_told_pass(line: str) -> None:
    passes("required-versions", {"requirements.txt": f"{line}\n"})


def test_what_is_pinned_counts_before_what_is_asked_for() -> None:
    passes("required-versions", {"requirements.in": "django>=4\n", "requirements.txt": "django==6.0.2\n"})


def test_a_pinned_requirement_that_is_too_old() -> None:
    files = {
        "requirements/base.txt": "redis==6.0\ndjango==4.2.1  # LTS\n",
        "docs/requirements.txt": "django==6.0\n",
    }
    flags("required-versions", files, "requirements/base.txt:2 django is 4.2.1")


def test_what_is_locked_by_another_package_has_its_line() -> None:
    files = {**poetry('drf-spectacular = "^0.29"', "4.2"), "pyproject.toml": poetry("")["pyproject.toml"]}
    flags("required-versions", files, "poetry.lock:2 django is 4.2")


def test_one_that_has_to_be_older() -> None:
    files = {"requirements.txt": "redis\ndjango<6.0.0\n"}
    flags(
        "required-versions",
        files,
        "requirements.txt:2 django has to be older than 6.0.0; the standard wants 6.0+",
    )
    passes("required-versions", {"requirements.txt": "django<6.1\n"})
