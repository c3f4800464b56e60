"""python-minimum."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "pyproject.toml",
    'requires-python = ">=3.13,',
    'requires-python = ">=3.12,',
    (Break("poetry.lock", "content-hash = ", "hash = "),),
)


@pytest.mark.parametrize(
    "text", ["^3.13", ">=3.13", ">=3.13,<3.15", "~3.14", "3.13.*", "3.14.1", "^3.13 || ^3.14"]
)
def test_from_the_minimum_on_passes(text: str) -> None:
    passes("python-minimum", {"pyproject.toml": f'[tool.poetry.dependencies]\npython = "{text}"\n'})


@pytest.mark.parametrize("text", ["^3.12", ">=3.9", ">=3.10,<4.0", "3.11.*", "~3.12 || ~3.13", "^3"])
def test_an_older_one(text: str) -> None:
    flags(
        "python-minimum",
        {"pyproject.toml": f'[project]\nrequires-python = "{text}"\n'},
        "pyproject.toml:2 will do",
    )


@pytest.mark.parametrize("text", ["*", "<3.14"])
def test_no_oldest_one(text: str) -> None:
    flags(
        "python-minimum",
        {"pyproject.toml": f'[project]\nrequires-python = "{text}"\n'},
        "pyproject.toml:2 any",
    )


def test_nothing_asked_for_is_not_known() -> None:
    passes("python-minimum", {"requirements.txt": "django\n"})


def test_the_image_tells_where_nothing_is_asked_for() -> None:
    image = "FROM python:{} AS builder\nFROM builder\nCOPY . .\nCMD gunicorn shop.wsgi\n"
    flags(
        "python-minimum",
        {"requirements.txt": "django\n", "Dockerfile": image.format("3.11-slim")},
        "Dockerfile:2 the image python:3.11-slim is older than Python 3.13",
    )
    for tag in ("3.13-slim", "3.14.1", "3", "slim", "$VERSION"):
        passes("python-minimum", {"requirements.txt": "django\n", "Dockerfile": image.format(tag)})
