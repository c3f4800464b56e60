"""Projects to run, and runs of the tool that leave nothing behind."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stackyard.services.state import project_folder
from tests.template_versions import make_versions

ADDRESSES = (
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "AMQP_URL",
    "KAFKA_BROKERS",
    "PORT",
    "ENVIRONMENT",
)


def wait_for(condition: Callable[[], object], *, seconds: float = 30.0) -> bool:
    """Wait until something is so; say whether it came to be so in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _parents() -> dict[int, int]:
    """Give each living process' parent; a zombie does not live."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                parents[int(stat.parent.name)] = int(parent)
    return parents


def descendants(pid: int) -> set[int]:
    """Give the process ids of a process' living descendants."""
    parents = _parents()
    found, new = set[int](), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def alive(pids: set[int]) -> set[int]:
    """Give those process ids that still live."""
    return pids & _parents().keys()


@dataclass
class Run:
    """A run of the tool in the background.

    Attributes:
        process: The tool.
        folder: The project.
    """

    process: subprocess.Popen[str]
    folder: Path

    @property
    def keeper(self) -> int:
        """The process id of the tool's one child, which does the work."""
        pid = self.process.pid
        (keeper,) = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
        return int(keeper)

    def path(self, name: str) -> Path:
        """Give the path of a file that the project writes."""
        return self.folder / name

    def await_file(self, name: str) -> str:
        """Wait until the project has written a file, and give its content."""
        path = self.path(name)
        there = wait_for(lambda: (path.exists() and path.read_text()) or self.process.poll() is not None)
        assert there and path.exists(), self.process.communicate()
        return path.read_text(encoding="utf-8")

    def end(self, signum: int = signal.SIGTERM, *, seconds: float = 30.0) -> tuple[int, str, str]:
        """Signal the tool, wait until it ended, and give its exit code, output and errors."""
        self.process.send_signal(signum)
        return self.result(seconds=seconds)

    def result(self, *, seconds: float = 60.0) -> tuple[int, str, str]:
        """Wait until the tool ended, and give its exit code, output and errors."""
        output, errors = self.process.communicate(timeout=seconds)
        return self.process.returncode, output, errors


class Sandbox:
    """A project's folder, and the runs of the tool in it.

    Attributes:
        folder: The project, with a virtual environment whose Python is the tests' own.
    """

    def __init__(self, folder: Path) -> None:
        """Make the project."""
        self.folder = folder
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        (programs / "python").symlink_to(sys.executable)
        self._runs: list[Run] = []

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *arguments: str, **environment: str) -> Run:
        """Start the tool; with the brokers of events only where their addresses are given as `embedded`."""
        environment = {"AMQP_URL": "", "KAFKA_BROKERS": "", **environment}
        environment = {name: value for name, value in environment.items() if value != "embedded"}
        inherited = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
        process = subprocess.Popen(  # pylint: disable=consider-using-with
            [sys.executable, "-m", "stackyard", *arguments],
            cwd=self.folder,
            env={**inherited, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        run = Run(process, self.folder)
        self._runs.append(run)
        return run

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Run the tool to its end, and give its exit code, output and errors."""
        return self.start(*arguments, **environment).result()

    def python(self, code: str, **environment: str) -> tuple[int, str, str]:
        """Run Python code with services to its end, and give its exit code, output and errors."""
        return self.run("run", "--", sys.executable, "-c", code, **environment)

    def close(self) -> None:
        """End what is left, and remove what lies outside of the folder."""
        for run in self._runs:
            if run.process.poll() is None:
                run.process.terminate()
            run.process.communicate(timeout=60)
        data = project_folder(self.folder)
        for sockets in data.glob("*/sockets"):  # of runs that were killed
            shutil.rmtree(sockets.readlink())
        assert re.search(r"test_|run", data.name), data
        shutil.rmtree(data)


@pytest.fixture(name="sandbox")
def fixture_sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A project to run."""
    sandbox = Sandbox(tmp_path.resolve())
    yield sandbox
    sandbox.close()


@pytest.fixture(name="versions", scope="session")
def fixture_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of a template with five versions, v1 to v5."""
    return make_versions(tmp_path_factory.mktemp("versions") / "template")
