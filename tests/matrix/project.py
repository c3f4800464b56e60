"""One project of the matrix: made, locked, installed, and put through everything that its own CI would."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stackyard.scaffold import changes
from stackyard.scaffold.questions import Answers
from stackyard.scaffold.render import render
from stackyard.scaffold.template import Template

ROOT = Path(__file__).parents[2]
TOOL = ROOT / ".venv" / "bin" / "stackyard"
POETRY = ROOT / ".stackyard" / "poetry" / "bin" / "poetry"
PYTHON = ROOT / "template" / ".venv" / "bin" / "python"
_NO_KEYRING = "keyring.backends.null.Keyring"
CODE = ["apps", "config", "stack", "tests"]
CHECKS = [
    ["black", "--check", "--quiet", "."],
    ["isort", "--check-only", "--quiet", "."],
    ["flake8"],
    ["mypy", *CODE],
    ["lint-imports", "--no-cache"],
    ["deptry", "."],
    ["bandit", "--configfile", "pyproject.toml", "--quiet", "--recursive", "apps", "config", "stack"],
]
"""Those that need no service."""


@dataclass(frozen=True)
class Trial:
    """A project, and where its packages are."""

    folder: Path

    def run(self, *command: str | Path, **variables: str) -> str:
        """Run a command of the project's environment to its end, in its folder.

        Returns:
            What it wrote.
        """
        bin_folder = self.folder / ".venv" / "bin"
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO_", "PYTEST_", "COV_", "COVERAGE_")) and name != "VIRTUAL_ENV"
        }
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={**environment, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", **variables},
        )
        words = " ".join(map(str, command))
        assert done.returncode == 0, f"{words} in {self.folder}:\n{done.stdout[-8_000:]}"
        return done.stdout

    def install(self) -> None:
        """Install exactly the locked packages into an environment of the project's own."""
        self.run(PYTHON, "-m", "venv", "--without-pip", ".venv")
        variables = {"POETRY_VIRTUALENVS_IN_PROJECT": "true", "PYTHON_KEYRING_BACKEND": _NO_KEYRING}
        mirror = subprocess.check_output(
            [POETRY.with_name("python"), ROOT / "scripts" / "index_mirror.py"], text=True
        ).strip()
        self.run(POETRY, "install", "--no-interaction", POETRY_PYPI_MIRROR_URL=mirror, **variables)

    def share(self) -> None:
        """Use the packages of the living template, which are those of any project and more."""
        (self.folder / ".venv").symlink_to(ROOT / "template" / ".venv")

    def check(self) -> None:
        """Run what needs no service: formatters, linters, types, contracts, dependencies, lock."""
        self.run(POETRY, "check", "--lock")
        for command in CHECKS:
            self.run(*command)

    def test(self, production: Mapping[str, str], *folders: str, workers: int) -> str:
        """Run Django's checks and the project's suite, against real services.

        Args:
            production: The variables that it wants in production.
            folders: What of the suite to run; all of it, if none is named.
            workers: How many processes share the suite; 0 for the one that is there.

        Returns:
            The last line.
        """
        manage = ["python", "manage.py"]
        self.run(TOOL, "run", "--", *manage, "makemigrations", "--check", "--dry-run")
        deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
        self.run(TOOL, "run", "--", *deploy, **production)
        suite = ["pytest", "-q", "-p", "no:cacheprovider", f"--numprocesses={workers}", "--dist=worksteal"]
        suite += folders
        return self.run(TOOL, "run", "--", *suite).splitlines()[-1]


def make(template: Template, answers: Answers, folder: Path) -> Trial:
    """Make a project."""
    changes.create(folder, render(template, answers))
    return Trial(folder)
