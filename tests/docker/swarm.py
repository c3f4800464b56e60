"""The template's stack on a Swarm of one machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import wait_for
from tests.docker.stack import docker, unique

CONVERGE_SECONDS = 300


@dataclass
class Swarm:
    """A stack, its secrets and what it was deployed with.

    Attributes:
        folder: deploy/swarm of a project.
        variables: What deploy/swarm/deploy is called with.
        name: What the stack is called.
    """

    folder: Path
    variables: Mapping[str, str]
    name: str = field(default_factory=lambda: unique("swarm"))
    _secrets: dict[str, str] = field(default_factory=dict)

    def make_secret(self, variable: str, content: str) -> None:
        """Make a secret of the stack's own, which a variable names."""
        self._secrets[variable] = name = f"{self.name}-{variable.lower()}"
        subprocess.run(
            ["docker", "secret", "create", name, "-"],
            input=content,
            text=True,
            check=True,
            capture_output=True,
        )

    def deploy(self) -> None:
        """Deploy as a user does, and wait until everything runs and the migrations are applied."""
        done = subprocess.run(
            [self.folder / "deploy", self.name],
            env={**os.environ, **self.variables, **self._secrets},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert wait_for(self.runs, seconds=CONVERGE_SECONDS), self.report()

    def replicas(self) -> dict[str, str]:
        """Give how many tasks of each service run, of how many."""
        lines = docker("stack", "services", self.name, "--format", "{{.Name}} {{.Replicas}}").splitlines()
        return {
            name.removeprefix(f"{self.name}_"): counts
            for name, _, counts in (line.partition(" ") for line in lines)
        }

    def runs(self) -> bool:
        """Say whether all services have what they want, and no update is under way."""
        counts = self.replicas()
        migrated = "(1/1 completed)" in counts.pop("migrate", "(1/1 completed)")
        pairs = [re.findall(r"\d+", text)[:2] for text in counts.values()]
        return migrated and all(running == wanted for running, wanted in pairs)

    def inspect(self, service: str) -> dict[str, Any]:
        """Give what Swarm knows of a service."""
        (found,) = json.loads(docker("service", "inspect", f"{self.name}_{service}"))
        return dict(found)

    def containers(self) -> dict[str, dict[str, Any]]:
        """Inspect one running container of each service."""
        label = f"label=com.docker.stack.namespace={self.name}"
        found = json.loads(docker("inspect", *docker("ps", "--quiet", "--filter", label).split()))
        prefix = f"{self.name}_"
        return {
            each["Config"]["Labels"]["com.docker.swarm.service.name"].removeprefix(prefix): each
            for each in found
        }

    def update(self, service: str, *words: str, check: bool = True) -> str:
        """Update a service, and wait until that is over."""
        return docker(
            "service", "update", "--detach=false", "--quiet", *words, f"{self.name}_{service}", check=check
        )

    def report(self) -> str:
        """Say what runs, and why not."""
        form = "{{.Name}} {{.CurrentState}} {{.Error}}"
        logs = [
            docker("service", "logs", "--raw", "--tail", "5", f"{self.name}_{name}", check=False)
            for name in self.replicas()
        ]
        return docker("stack", "ps", self.name, "--no-trunc", "--format", form) + "\n".join(logs)

    def close(self) -> None:
        """Remove it with all that it has, and wait until that is so."""
        docker("stack", "rm", self.name, check=False)
        label = f"label=com.docker.stack.namespace={self.name}"
        left = [("ps", "--all"), ("network", "ls")]
        gone = wait_for(
            lambda: not any(docker(*words, "--quiet", "--filter", label) for words in left), seconds=120
        )
        for secret in self._secrets.values():
            docker("secret", "rm", secret, check=False)
        assert gone, "the stack is not gone"
