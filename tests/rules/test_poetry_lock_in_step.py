"""poetry-lock-in-step."""

import tomllib

import pytest

from stackyard.lock.hashing import content_hash
from tests.rules.repo import Break, flags, passes

BREAK = Break("pyproject.toml", 'ipython = ">=', 'ipython = "!=0,>=')

LEGACY = '[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^6.0"\n'
STANDARD = '[project]\nrequires-python = ">=3.13"\ndependencies = ["django (>=6,<7)"]\n[tool.poetry]\n'
GROUPS = f'{STANDARD}[dependency-groups]\ndev = ["black"]\n'


def lock(text: str) -> str:
    return f'[[package]]\nname = "django"\nversion = "6.0"\n\n[metadata]\ncontent-hash = "{text}"\n'


def hashed(text: str) -> str:
    return content_hash(tomllib.loads(text))


@pytest.mark.parametrize("text", [LEGACY, STANDARD, GROUPS])
def test_the_lock_of_the_same_file_passes(text: str) -> None:
    passes(
        "poetry-lock-in-step", {"pyproject.toml": f"{text}[tool.black]\n", "poetry.lock": lock(hashed(text))}
    )


def test_a_lock_of_a_poetry_that_knew_no_groups_passes() -> None:
    passes("poetry-lock-in-step", {"pyproject.toml": GROUPS, "poetry.lock": lock(hashed(STANDARD))})


def test_a_lock_of_another_file() -> None:
    files = {"pyproject.toml": LEGACY, "poetry.lock": lock("0" * 64)}
    flags("poetry-lock-in-step", files, "poetry.lock:6 made for another pyproject.toml")


@pytest.mark.parametrize("text", ["", '[metadata]\nlock-version = "2.1"\n'])
def test_a_lock_without_a_hash_is_not_known(text: str) -> None:
    passes("poetry-lock-in-step", {"pyproject.toml": LEGACY, "poetry.lock": text})
