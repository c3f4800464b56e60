"""Dockerfiles: their stages, and what is in them."""

import pytest

from stackyard.project.dockerfiles import read_dockerfile

TEXT = """FROM node:24 AS frontend
FROM python:3.13 AS base
FROM base AS Builder
RUN poetry install
FROM builder AS development
FROM base AS runtime
COPY --from=builder /venv /venv
RUN --mount=type=bind,from=frontend,target=/dist cp -r /dist /static
"""


def test_what_a_stage_is_made_of() -> None:
    dockerfile = read_dockerfile("Dockerfile", TEXT)
    assert [stage.name for stage in dockerfile.parts(dockerfile.final)] == [
        "frontend",
        "base",
        "Builder",
        "runtime",
    ]
    assert [stage.name for stage in dockerfile.parts(dockerfile.stage("development"))] == [
        "base",
        "Builder",
        "development",
    ]


@pytest.mark.parametrize(
    ("wanted", "name"), [("BUILDER", "Builder"), ("1", "base"), (None, "runtime"), ("9", "runtime")]
)
def test_a_stage_by_its_name_or_number(wanted: str | None, name: str) -> None:
    assert read_dockerfile("Dockerfile", TEXT).stage(wanted).name == name


@pytest.mark.parametrize(
    ("stage", "is_multi"), [("runtime", True), ("development", False), ("builder", False), ("base", False)]
)
def test_what_is_left_behind(stage: str, is_multi: bool) -> None:
    dockerfile = read_dockerfile("Dockerfile", TEXT)
    assert dockerfile.is_multi_stage(dockerfile.stage(stage)) is is_multi


@pytest.mark.parametrize(
    ("text", "is_python"),
    [
        ("FROM python:3.13\n", True),
        ("FROM debian:12\nRUN pip install gunicorn\n", True),
        ("FROM python:3.13 AS builder\nFROM gcr.io/distroless/base\nCOPY --from=builder /venv /venv\n", True),
        ("FROM python:3.13 AS static\nFROM nginx:1.28\nCOPY --from=static /static /static\n", False),
        ("FROM python:3.13 AS docs\nFROM caddy:2\nCOPY --from=docs /site /srv\n", False),
        ("FROM postgres:17\n", False),
    ],
)
def test_an_image_of_python(text: str, is_python: bool) -> None:
    assert read_dockerfile("Dockerfile", text).is_python is is_python
