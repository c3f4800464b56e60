"""docker-images-pinned."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("Dockerfile", "ARG PYTHON_IMAGE=python:3.13-slim-trixie", "ARG PYTHON_IMAGE=python:slim")


@pytest.mark.parametrize(
    "text",
    [
        "FROM python:3.13-slim\n",
        "FROM docker.io/python:3.13.1-slim-bookworm AS python\nFROM python AS run\n",
        "FROM debian:bookworm-slim\n",
        f"FROM python@sha256:{'0' * 64}\n",
        "ARG VERSION=3.13\nFROM python:${VERSION}-slim\n",
        "ARG BASE\nFROM $BASE\n",
        "FROM scratch\n",
        "FROM python:3.13 AS builder\nFROM python:3.14\nCOPY --from=builder /a /a\nCOPY --from=0 /b /b\n",
        "FROM python:3.13\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\n",
        "FROM python:3.13\nCOPY --from=assets /a /a\n",
    ],
)
def test_a_version_passes(text: str) -> None:
    passes("docker-images-pinned", {"Dockerfile": text})


@pytest.mark.parametrize(
    "image", ["python", "python:latest", "python:slim", "python:alpine", "registry:5000/base"]
)
def test_none(image: str) -> None:
    flags(
        "docker-images-pinned",
        {"Dockerfile": f"FROM {image}\n"},
        f"Dockerfile:1 the image {image} has no version",
    )


def test_a_variable_s_default() -> None:
    text = "ARG IMAGE=python:latest\nFROM ${IMAGE}\n"
    flags("docker-images-pinned", {"Dockerfile": text}, "Dockerfile:2 python:latest")


def test_what_is_copied_from() -> None:
    text = "FROM python:3.13\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\n"
    flags("docker-images-pinned", {"Dockerfile": text}, "Dockerfile:2 ghcr.io/astral-sh/uv:latest")


def test_every_dockerfile_is_looked_at() -> None:
    flags(
        "docker-images-pinned",
        {"compose/production/postgres/Dockerfile": "FROM postgres\n"},
        "compose/production/postgres/Dockerfile:1 postgres",
    )


def test_what_the_project_builds_passes() -> None:
    base = {"Dockerfile": "FROM myproject-base\n", "Dockerfile.base": "FROM python:3.13\n"}
    passes(
        "docker-images-pinned",
        base | {"Makefile": "base:\n\tdocker build -t myproject-base -f Dockerfile.base .\n"},
    )
    compose = "services:\n  base:\n    image: myproject-base\n    build: {dockerfile: Dockerfile.base}\n"
    passes("docker-images-pinned", base | {"docker-compose.yml": compose})


def test_an_image_is_told_once_of_a_dockerfile() -> None:
    text = "FROM team/base AS builder\nRUN make\nFROM team/base\nCOPY . .\n"
    flags("docker-images-pinned", {"Dockerfile": text}, "Dockerfile:1 team/base")
    flags(
        "docker-images-pinned", {"Dockerfile": text, "b/Dockerfile": text}, "Dockerfile:1 ", "b/Dockerfile:1 "
    )
