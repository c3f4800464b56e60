"""Projects that `stackyard new` made: their containers come up, in development and in production."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from stackyard.scaffold.questions import Given
from stackyard.scaffold.template import installed
from stackyard.services import ports
from tests.docker import https
from tests.docker.conftest import development_stack, production_stack, up
from tests.docker.stack import Stack, service_of
from tests.matrix.project import make

pytestmark = [pytest.mark.docker, pytest.mark.proves("docker-compose")]

CORE = {"db", "migrate", "web"}
CELERY = {"celery_worker", "celery_beat"}
EVENTS = {"rabbitmq", "outbox_publisher", "event_consumer", "stream_consumer"}
EXTRA = {"minimal": set[str](), "full": {"redis", "asgi", *CELERY, *EVENTS}}
"""Presets, and which services they have beyond the core."""


@pytest.fixture(name="preset", scope="module", params=EXTRA)
def fixture_preset(request: pytest.FixtureRequest) -> str:
    """A preset."""
    preset: str = request.param
    return preset


@pytest.fixture(name="folder")
def fixture_folder(preset: str, tmp_path: Path) -> Path:
    """A project of the preset."""
    template = installed()
    answers = template.questionnaire.answer("shop", Given({"preset": preset, "project_name": "Söhne & Co"}))
    make(template, answers, tmp_path / "shop")
    return tmp_path / "shop"


@pytest.fixture(name="development")
def fixture_development(folder: Path, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Its development stack."""
    with up(development_stack(folder), request) as stack:
        yield stack


@pytest.fixture(name="production")
def fixture_production(folder: Path, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Its production stack."""
    with up(production_stack(folder), request) as stack:
        yield stack


def services(stack: Stack) -> dict[str, str]:
    """Give each service's health; of one that has ended, its exit code."""
    states = {service_of(each): each["State"] for each in stack.containers()}
    return {
        name: state["Health"]["Status"] if state["Running"] else str(state["ExitCode"])
        for name, state in states.items()
    }


def test_it_comes_up_in_development_and_its_tests_pass(development: Stack, preset: str) -> None:
    wanted = {*CORE, "mail"} | EXTRA[preset]
    assert services(development) == dict.fromkeys(wanted, "healthy") | {"migrate": "0"}
    connection = http.client.HTTPConnection(
        ports.LOOPBACK, int(development.variables["WEB_PORT"]), timeout=30
    )
    with closing(connection):
        connection.request("GET", "/health/ready", headers={"Host": "localhost"})
        assert json.load(connection.getresponse())["status"] == "ready"
    if preset == "minimal":  # the other's are the living template's, which pass in its own container
        said = development.compose("exec", "-T", "web", "pytest", "-q", "-n", "2", seconds=900)
        assert " passed" in said.splitlines()[-1] and "failed" not in said.splitlines()[-1], said[-4000:]


def test_it_comes_up_in_production(production: Stack, preset: str) -> None:
    wanted = {*CORE, "nginx", "asgi", "certificate"} | EXTRA[preset]
    monitoring = {"prometheus"} if preset == "full" else set()
    ended = {"migrate": "0", "certificate": "0"}
    assert services(production) == dict.fromkeys(wanted | monitoring, "healthy") | ended
    production.run_in("web", "python", "-m", "stack.health.probe", "ready")
    assert https.request(production, "/")[1]["strict-transport-security"].startswith("max-age=")
