"""What CI runs: GitHub Actions, GitLab CI and the others that keep their jobs in a file of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from stackyard.formats.place import Line, Place
from stackyard.formats.yamls import Mapping, Sequence

GITHUB = (
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    ".github/actions/*.yml",
    ".github/actions/*.yaml",
)
PATTERNS = (
    *GITHUB, ".gitlab-ci.yml", ".gitlab/*.yml", ".gitlab/ci/*.yml", ".circleci/config.yml",
    "azure-pipelines*.yml", "bitbucket-pipelines.yml", ".travis.yml", ".drone.yml", ".woodpecker.yml",
    ".woodpecker/*.yml", "cloudbuild*.yaml", ".forgejo/workflows/*.yml", ".gitea/workflows/*.yml",
    "buildspec*.yml",
)  # fmt: skip
"""Where jobs are kept."""

NO_YAML = ("Jenkinsfile*", ".teamcity/*", ".buildkite/*", ".semaphore/*", "appveyor.yml")
"""Where others keep them, which are not read."""

_SCRIPTS = {
    "run",
    "script",
    "before_script",
    "after_script",
    "commands",
    "bash",
    "command",
    "install",
    "before_install",
}


class Pipeline(NamedTuple):
    """A file of jobs.

    Attributes:
        path: The file.
        content: What it says.
    """

    path: str
    content: Mapping

    @property
    def is_github(self) -> bool:
        """Whether GitHub runs it."""
        return self.path.startswith(".github/")

    @property
    def commands(self) -> list[Line]:
        """What its jobs run, each script as a whole."""
        return list(_commands(self.content, self.path))

    @property
    def uses(self) -> list[Line]:
        """The actions that its jobs use."""
        return [Line(value, where) for key, value, where in _texts(self.content, self.path) if key == "uses"]

    @property
    def pythons(self) -> list[tuple[str, Place, str]]:
        """The versions of Python of GitHub's jobs that use Poetry: the job, where it says so, the version."""
        jobs = self.content.get("jobs") if self.is_github else None
        return [
            (name, where, value)
            for name, job in (jobs.items() if isinstance(jobs, Mapping) else ())
            if any("poetry" in command.text for command in _commands(job, self.path))
            for key, value, where in _texts(job, self.path)
            if key in {"python-version", "python_version", "python"}
            and re.fullmatch(r"\d+\.\d+(?:\.\d+)?", value)
        ]

    @property
    def is_shared(self) -> bool:
        """Whether jobs of it are another repository's."""
        if "orbs" in self.content:
            return True
        for key, value, _ in _texts(self.content, self.path):
            if key == "template" and "@" in value:
                return True
            if key == "uses" and re.search(r"/\.github/workflows/", value) and not value.startswith("./"):
                return True
            if key in {"project", "remote", "component"} and not self.is_github:
                return True
        return False

    @property
    def branches(self) -> list[str]:
        """The branches and tags that start it, as GitHub's `on` has them."""
        on = self.content.get("on")
        found: list[str] = []
        for event in on.values() if isinstance(on, dict) else ():
            names = event.get("branches") if isinstance(event, dict) else None
            found += [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
        return found


def _commands(value: Any, path: str) -> Iterator[Line]:
    for key, text, where in _texts(value, path):
        if key in _SCRIPTS:
            yield Line(re.sub(r"\\\n\s*", " ", text), where)


def _texts(value: Any, path: str, key: str = "") -> Iterator[tuple[str, str, Place]]:
    """Give every text with the nearest key above it."""
    waiting: list[tuple[Any, str, int, int]] = [(value, key, 0, 0)]
    while waiting:
        held, name, line, depth = waiting.pop()
        if isinstance(held, str):
            yield name, held, Place(path, line)
        elif isinstance(held, Mapping) and depth < 30:
            waiting += [
                (entry, inner, held.lines.get(inner, 0), depth + 1) for inner, entry in reversed(held.items())
            ]
        elif isinstance(held, Sequence) and depth < 30:
            lines = held.lines or [line] * len(held)
            waiting += [
                (entry, name, number, depth + 1)
                for entry, number in reversed(list(zip(held, lines, strict=False)))
            ]
