"""Read-only facts about a project."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from stackyard.errors import UserError
from stackyard.formats.regexes import regex

_VARIABLE_LINE = regex(r"^(?:# ?)?(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)$")
_PROCFILE_LINE = regex(r"^(?P<name>[A-Za-z0-9_-]+):\s*(?P<command>\S.*)$")


@dataclass(frozen=True)
class Services:
    """What a project needs to run.

    Attributes:
        postgresql: Whether it keeps data in PostgreSQL.
        redis: Whether it uses Redis, for anything.
        rabbitmq: Whether it uses RabbitMQ, for anything.
        kafka: Whether it uses Kafka, for anything.
        broker: Which of Redis and RabbitMQ has Celery's tasks.
    """

    postgresql: bool = True
    redis: bool = True
    rabbitmq: bool = True
    kafka: bool = True
    broker: str = "redis"


@dataclass(frozen=True)
class RunnableProject:
    """A folder that holds a project.

    Attributes:
        root: Its absolute path, symbolic links resolved.
    """

    root: Path

    @classmethod
    def at(cls, folder: Path) -> RunnableProject:
        """Take the project in a folder.

        Raises:
            UserError: There is no such folder.
        """
        if not folder.is_dir():
            raise UserError(
                "A project's folder",
                found="no such folder",
                where=str(folder),
                remedy="Name an existing one with --project.",
            )
        return cls(folder.resolve())

    @cached_property
    def processes(self) -> dict[str, str]:
        """The shell command of each process that the Procfile names, in its order.

        Raises:
            UserError: The Procfile is missing, empty, or has a line that is not `name: command`.
        """
        path = self.root / "Procfile"
        if not path.is_file():
            raise UserError(
                "The project's processes",
                found="no Procfile",
                where=str(path),
                remedy="Write one (`web: gunicorn …`), or name a command after `--`.",
            )
        processes: dict[str, str] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            match = _PROCFILE_LINE.match(line.rstrip())
            if match is None or match["name"] in processes:
                raise UserError(
                    "A Procfile line `name: command`, each name once",
                    found=repr(line),
                    where=f"{path}:{number}",
                    remedy="Correct the line.",
                )
            processes[match["name"]] = match["command"]
        if not processes:
            raise UserError(
                "The project's processes",
                found="an empty Procfile",
                where=str(path),
                remedy="Add a line such as `web: gunicorn …`.",
            )
        return processes

    @cached_property
    def example_variables(self) -> dict[str, list[str]] | None:
        """Every value that .env.example has for each variable, commented ones too; None without that file."""
        path = self.root / ".env.example"
        if not path.is_file():
            return None
        variables: dict[str, list[str]] = {}
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if match := _VARIABLE_LINE.match(line.strip()):
                variables.setdefault(match["name"], []).append(match["value"].strip())
        return variables

    @cached_property
    def wanted_services(self) -> Services:
        """The services that its .env.example names; all, if it has none."""
        variables = self.example_variables
        if variables is None:
            return Services()
        brokers = [value.partition(":")[0] for value in variables.get("CELERY_BROKER_URL", [])]
        return Services(
            postgresql="DATABASE_URL" in variables,
            redis="REDIS_URL" in variables or bool({"redis", "rediss"} & set(brokers)),
            rabbitmq="AMQP_URL" in variables or bool({"amqp", "amqps"} & set(brokers)),
            kafka="KAFKA_BROKERS" in variables,
            broker="rabbitmq" if brokers and brokers[0].startswith("amqp") else "redis",
        )

    @cached_property
    def virtualenv(self) -> Path | None:
        """The project's own virtual environment, if it has one."""
        path = self.root / ".venv"
        return path if (path / "bin").is_dir() else None

    def has_command(self, name: str) -> bool:
        """Say whether one of its own apps has a management command."""
        places = (f"{folder}management/commands/{name}.py" for folder in ("*/", "*/*/"))
        return any(any(self.root.glob(place)) for place in places)

    def require_runnable(self, *names: str) -> None:
        """Insist on what running the project takes.

        Args:
            names: The processes that it must have.

        Raises:
            UserError: It has no Procfile, not those processes in it, or no virtual environment.
        """
        missing = [name for name in names if name not in self.processes]
        if missing:
            raise UserError(
                f"The process {missing[0]}",
                found=f"only {', '.join(self.processes)}",
                where=str(self.root / "Procfile"),
                remedy=f"Add a line `{missing[0]}: …`.",
            )
        if self.processes and self.virtualenv is None:
            raise UserError(
                "The project's virtual environment",
                found="no .venv",
                where=str(self.root / ".venv"),
                remedy="Make it with `POETRY_VIRTUALENVS_IN_PROJECT=1 poetry install`.",
            )

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """Give the environment that the project's commands run in, with its virtual environment active."""
        environment = {"ENVIRONMENT": "development", **base}
        if self.virtualenv is not None:
            environment["VIRTUAL_ENV"] = str(self.virtualenv)
            environment["PATH"] = f"{self.virtualenv / 'bin'}{os.pathsep}{base.get('PATH', os.defpath)}"
            environment.pop("PYTHONHOME", None)
        return environment
