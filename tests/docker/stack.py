"""The template as its users have it, in a folder and under a name of its own, run by Docker Compose."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import pytest

BUILD_SECONDS = 1200
SECONDS = 240
"""What a build, and anything else, gets; far more than it needs."""


def unique(name: str) -> str:
    """Give a name that nothing else on this engine has."""
    return f"stackyard-test-{name}-{uuid4().hex[:8]}"


def service_of(container: dict[str, Any]) -> str:
    """Give the service of Compose that a container, as the engine describes it, belongs to."""
    service: str = container["Config"]["Labels"]["com.docker.compose.service"]
    return service


def docker(
    *words: str, seconds: float = SECONDS, check: bool = True, stdin: str = "", **variables: str
) -> str:
    """Run Docker's client, and give what it prints."""
    done = subprocess.run(
        ["docker", *words],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=seconds,
        check=False,
        env={**os.environ, **variables},
    )
    assert not check or done.returncode == 0, f"docker {' '.join(words)}:\n{done.stdout[-8000:]}"
    return done.stdout


def missing(what: str) -> NoReturn:
    """Skip the test, unless who asked for it insists."""
    if os.environ.get("STACKYARD_DOCKER") == "required":
        pytest.fail(f"this needs {what}, and there is none here")
    pytest.skip(f"no {what} here")


@dataclass
class Stack:
    """A project whose containers can be started.

    Attributes:
        folder: The project.
        file: Its compose file.
        variables: What its .env has beyond .env.example, or instead of it.
        overrides: Further compose files.
        name: What Compose calls it, and its images.
    """

    folder: Path
    file: str
    variables: dict[str, str]
    overrides: list[Path] = field(default_factory=list)
    name: str = field(default_factory=lambda: unique("stack"))

    def compose(self, *words: str, seconds: float = SECONDS, check: bool = True) -> str:
        """Run Docker Compose, and give what it prints."""
        return docker("compose", *words, seconds=seconds, check=check, **self.environment)

    @property
    def environment(self) -> dict[str, str]:
        """What Compose, and scripts that call it, are run with."""
        files = [self.folder / self.file, *self.overrides]
        return {
            "COMPOSE_FILE": os.pathsep.join(map(str, files)),
            "COMPOSE_PROJECT_NAME": self.name,
            "COMPOSE_PROGRESS": "plain",
            "IMAGE": self.name,
            **self.variables,
        }

    def containers(self, service: str = "") -> list[dict[str, Any]]:
        """Inspect a service's containers, the stopped ones too; all, if none is named."""
        ids = self.compose("ps", "--all", "--quiet", *([service] if service else [])).split()
        found: list[dict[str, Any]] = json.loads(docker("inspect", *ids)) if ids else []
        return found

    def run_in(self, service: str, *command: str, check: bool = True) -> str:
        """Run a command in a service's running container, as `docker compose exec` does."""
        return self.compose("exec", "-T", service, *command, check=check)

    def logs(self, *services: str) -> str:
        """Give what services wrote, without colours."""
        return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", self.compose("logs", "--no-color", *services))

    def close(self) -> None:
        """Remove its containers, volumes, networks and images."""
        self.compose("--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "2", check=False)
        tags = docker("images", "--quiet", f"{self.name}*").split()
        if tags:
            docker("rmi", "--force", *set(tags), check=False)
