"""An engine to run on, and the template's two stacks on it."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.scaffold import compose
from stackyard.services import ports
from tests.docker.stack import BUILD_SECONDS, Stack, docker, missing
from tests.template_copy import copy_of_template

_KAFKA = re.compile(r"^  kafka:(?: #.*)?\n(?: {4,}.*\n|\n)+", re.MULTILINE)

SECRETS = {
    "SECRET_KEY": "x9-K_2vB7.qW4~nR8zT1mY6cU3aP5sD0fG-hJ_lE9iO2bN7vM4xx",
    "JWT_SIGNING_KEY": "MC4CAQAwBQYDK2VwBCIEIDEzl2DCKUHjjg2eFIAsB9dm01i40E/LFBBzIuqW9II6",
    "POSTGRES_PASSWORD": "planted-3b1f0c52a7",
    "RABBITMQ_PASSWORD": "planted-77e6a0d41c",
}


@functools.cache
def _engine_answers() -> bool:
    client = shutil.which("docker")
    return (
        client is not None
        and not subprocess.run([client, "info"], capture_output=True, check=False).returncode
    )


@pytest.fixture(autouse=True, scope="module", name="engine")
def fixture_engine(request: pytest.FixtureRequest) -> None:
    """Insist on an engine, for what drives one."""
    if request.node.get_closest_marker("docker") and not _engine_answers():
        missing("a Docker engine that answers")


def _leave_out_kafka(folder: Path) -> None:
    """Take Kafka out of the compose files, where its image is not to be had: its clients wait for it.

    The image is a large one, of a registry that not every machine reaches.
    """
    for file in folder.glob("docker-compose*.yml"):
        text = file.read_text(encoding="utf-8")
        if image := re.search(r"image: (apache/kafka:\S+)", text):
            if '"Id"' not in docker("image", "inspect", image[1], check=False):
                file.write_text(compose.cut(_KAFKA.sub("", text)), encoding="utf-8")


def development_stack(folder: Path) -> Stack:
    """Give the development stack of a project, for whoever owns its folder, on ports that are free."""
    _leave_out_kafka(folder)
    shutil.copy(folder / ".env.example", folder / ".env")
    if os.getuid() == 0:  # for whom every file is writable: somebody else's folder, as on most machines
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 1234, 1235)
        os.chmod(folder.parent, 0o755)
    owner = folder.stat()
    numbers = {"UID": str(owner.st_uid), "GID": str(owner.st_gid)}
    variables = {"WEB_PORT", "RABBITMQ_MANAGEMENT_PORT", "PROMETHEUS_UI_PORT"}
    return Stack(folder, "docker-compose.yml", numbers | {name: str(ports.reserve()) for name in variables})


def production_stack(folder: Path) -> Stack:
    """Give the production stack of a project, with servers of its own, on ports that are free."""
    _leave_out_kafka(folder)
    (folder / ".env").write_text(
        "ALLOWED_HOSTS=localhost\nEMAIL_URL=smtp://127.0.0.1:25\nDEFAULT_FROM_EMAIL=shop@example.com\n"
        + "".join(f"{name}={value}\n" for name, value in SECRETS.items()),
        encoding="utf-8",
    )
    variables = {
        "COMPOSE_PROFILES": "servers,monitoring",
        "DOMAIN": "localhost",
        "HTTP_ADDR": ports.LOOPBACK,
        "CERTIFICATE_WATCH_SECONDS": "1",
    }
    numbers = {name: str(ports.reserve()) for name in ("HTTP_PORT", "HTTPS_PORT", "PROMETHEUS_UI_PORT")}
    return Stack(folder, "docker-compose.prod.yml", variables | numbers)


@contextlib.contextmanager
def up(stack: Stack, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Have a stack up and healthy in one go, and leave nothing of it; tell what it said if a test failed."""
    try:
        stack.compose("up", "--detach", "--wait", seconds=BUILD_SECONDS)
        yield stack
    finally:
        if request.session.testsfailed:
            print(stack.compose("ps", "--all"), stack.logs()[-6_000:])
        stack.close()


@pytest.fixture(scope="module", name="development")
def fixture_development(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stack]:
    """The development stack, up from nothing, on the user's own files, with a browser for its tests."""
    stack = development_stack(copy_of_template(tmp_path_factory.mktemp("development")))
    stack.variables["DEBIAN_PACKAGES"] = "git chromium"
    with up(stack, request):
        yield stack


@pytest.fixture(scope="session", name="production")
def fixture_production(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stack]:
    """The production stack with servers of its own, up from nothing."""
    folder = copy_of_template(tmp_path_factory.mktemp("production"))
    with up(production_stack(folder), request) as stack:
        yield stack
