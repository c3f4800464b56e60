"""Containers are made of images whose versions are named."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.environment import BASE_DIR

OWN = "myproject"
NAMED = re.compile(r"^\s*(?:image:|FROM|ARG PYTHON_IMAGE=)\s*([^\s#]+)", re.MULTILINE)
VERSION = re.compile(r":v?\d[\w.-]*$|@sha256:[0-9a-f]{64}$")
FILES = [BASE_DIR / "Dockerfile", *BASE_DIR.glob("docker-compose*.yml"), *BASE_DIR.glob("deploy/**/*.y*ml")]


def unversioned(text: str) -> Iterator[str]:
    """Yield the images of others that a text names without a version."""
    stages = set(re.findall(r"^FROM .* AS (\w+)", text, re.MULTILINE))
    for image in NAMED.findall(text):
        is_own = image in stages or image == OWN or image.startswith("$")
        if not is_own and not VERSION.search(image):
            yield image


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_every_image_names_its_version(path: Path) -> None:
    assert not list(unversioned(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "FROM python:latest",
        "FROM python AS base",
        "ARG PYTHON_IMAGE=python:slim",
        "    image: redis",
        "    image: postgres:latest # the newest",
        "    image: registry.example.com:5000/postgres",
    ],
)
def test_one_without_is_found(line: str) -> None:
    assert len(list(unversioned(line))) == 1


def test_versions_digests_and_own_stages_pass() -> None:
    digest = f"postgres@sha256:{'0' * 64}"
    text = f"FROM python:3.13-slim AS base\nFROM base AS runtime\n  image: {digest}\n  image: ${{IMAGE:-x}}\n"

    assert not list(unversioned(text))
