"""docker-dockerfile."""

import pytest

from tests.rules.repo import Break, findings, passes

BREAK = Break("Dockerfile", "FROM base AS runtime", "FROM caddy:2 AS runtime")
PYTHON = "FROM python:3.13-slim\nCOPY . .\nRUN pip install .\n"


@pytest.mark.parametrize(
    "path",
    ["Dockerfile", "compose/production/django/Dockerfile", "docker/api.Dockerfile", "backend/Containerfile"],
)
def test_a_dockerfile_of_any_name_passes(path: str) -> None:
    passes("docker-dockerfile", {path: PYTHON})


def test_none_is_flagged() -> None:
    (finding,) = findings("docker-dockerfile", {"manage.py": ""})
    assert str(finding.where) == "the project"


@pytest.mark.parametrize("image", ["postgres:17", "nginx:1.28", "node:24"])
def test_that_of_another_thing_is_not_the_application_s(image: str) -> None:
    assert findings("docker-dockerfile", {"docker/x/Dockerfile": f"FROM {image}\nCOPY . .\n"})


@pytest.mark.parametrize("image", ["ghcr.io/team/django-base:3", "${BASE}"])
def test_an_image_of_a_team_s_own_may_be_anything(image: str) -> None:
    passes("docker-dockerfile", {"Dockerfile": f"ARG BASE\nFROM {image}\nCOPY . .\n"})
