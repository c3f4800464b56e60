"""Probes through outages: PostgreSQL, Redis and the broker hang or die in turn, under a running project."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from stackyard.services import binaries, ports, postgresql, state
from stackyard.services.process import Process
from stackyard.services.supervisor import Supervisor
from tests.conftest import descendants, wait_for

TEMPLATE = Path(__file__).parents[2] / "template"
PROGRAMS = TEMPLATE / ".venv" / "bin"
SERVERS = {"wsgi": ["config.wsgi"], "asgi": ["-k", "uvicorn_worker.UvicornWorker", "config.asgi"]}
UNREADY_WITHIN, READY_AGAIN_WITHIN = 5, 10
"""Seconds that a probe may take to tell of an outage, and of its end."""


@dataclass
class Dependency:
    """A server that the project needs.

    Attributes:
        port: Where it listens.
        spawn: Starts it, there.
        process: Its process at present.
    """

    port: int
    spawn: Callable[[], Process]
    process: Process

    def signal(self, number: signal.Signals) -> None:
        """Signal all its processes: those of PostgreSQL are in groups of their own."""
        for pid in {self.process.popen.pid} | descendants(self.process.popen.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def is_open(self) -> bool:
        """Tell whether it takes connections."""
        with contextlib.suppress(OSError), socket.create_connection((ports.LOOPBACK, self.port), timeout=1):
            return True
        return False


@dataclass
class Web:
    """A web server of the project."""

    process: Process
    port: int

    def get(self, path: str) -> tuple[int, Any]:
        """Get the status and the decoded body of a probe."""
        connection = http.client.HTTPConnection(ports.LOOPBACK, self.port, timeout=UNREADY_WITHIN)
        with contextlib.closing(connection):
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, json.load(response)

    def is_ready(self) -> bool:
        """Tell whether it is up and says that it is ready."""
        with contextlib.suppress(OSError):
            return self.get("/health/ready")[0] == 200
        return False

    def says_down(self, name: str) -> bool:
        """Tell whether it says that this dependency is down, and no other; it lives in any case."""
        started = time.monotonic()
        assert self.get("/health/live") == (200, {"status": "live"})
        assert time.monotonic() - started < 1
        status, body = self.get("/health/ready")
        down = [each for each, check in body["checks"].items() if check["status"] == "down"]
        assert status == (503 if down else 200) and down in ([], [name]), body
        return bool(down)


@pytest.fixture(name="supervisor", scope="module")
def fixture_supervisor() -> Iterator[Supervisor]:
    with Supervisor(lambda _name, _line: None) as supervisor:
        yield supervisor
    reserved = ports._reservations  # pylint: disable=protected-access; made to last as long as a process
    while reserved:
        reserved.pop().close()


@pytest.fixture(name="folder", scope="module")
def fixture_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("test_health")
    with state.claimed(root) as folder:
        yield folder
    shutil.rmtree(state.project_folder(root))


@pytest.fixture(name="sockets", scope="module")
def fixture_sockets(folder: Path) -> Iterator[Path]:
    with postgresql.socket_folder(folder) as sockets:
        yield sockets


@pytest.fixture(name="environment", scope="module")
def fixture_environment() -> dict[str, str]:
    """Give the project's variables; the dependencies add their addresses."""
    return os.environ | {"ENVIRONMENT": "test", "WEB_CONCURRENCY": "1"}


@pytest.fixture(name="dependencies", scope="module")
def fixture_dependencies(
    folder: Path, sockets: Path, supervisor: Supervisor, environment: dict[str, str]
) -> dict[str, Dependency]:
    """Start PostgreSQL, and a Valkey each for cache and broker."""
    service = postgresql.start(folder, sockets, supervisor)
    data = folder / "postgresql" / "data"
    command = service.process.popen.args
    assert isinstance(command, list)

    def spawn_postgresql() -> Process:
        (data / "postmaster.pid").unlink(missing_ok=True)
        log, account = folder / "postgresql.log", state.service_account()
        return supervisor.spawn("postgresql", command, env={}, cwd=data, log=log, account=account)

    def valkey(variable: str) -> Dependency:
        port = ports.reserve()
        environment[variable] = f"redis://{ports.LOOPBACK}:{port}/0"
        program: list[str | Path] = [
            binaries.valkey(),
            "--bind",
            ports.LOOPBACK,
            "--port",
            str(port),
            "--save",
            "",
        ]

        def spawn() -> Process:
            return supervisor.spawn("valkey", program, env={}, cwd=folder, log=folder / f"{variable}.log")

        return Dependency(port, spawn, spawn())

    environment.update(service.environment)
    started = {
        "postgresql": Dependency(service.port, spawn_postgresql, service.process),
        "redis": valkey("REDIS_URL"),
        "broker": valkey("CELERY_BROKER_URL"),
    }
    assert wait_for(service.is_ready)
    assert wait_for(lambda: all(each.is_open() for each in started.values()))
    return started


@pytest.fixture(name="webs", scope="module")
def fixture_webs(
    folder: Path, supervisor: Supervisor, environment: dict[str, str], dependencies: dict[str, Dependency]
) -> list[Web]:
    """Start the project on migrated data, by WSGI and by ASGI."""
    assert dependencies
    subprocess.run(
        [PROGRAMS / "python", "manage.py", "migrate", "-v0"], cwd=TEMPLATE, env=environment, check=True
    )
    webs = []
    for name, arguments in SERVERS.items():
        port = ports.reserve()
        command: list[str | Path] = [PROGRAMS / "gunicorn", "-c", "stack/gunicorn/conf.py", *arguments]
        process = supervisor.spawn(
            name, command, env=environment | {"PORT": str(port)}, cwd=TEMPLATE, log=folder / f"{name}.log"
        )
        webs.append(Web(process, port))
    assert wait_for(lambda: all(web.is_ready() for web in webs), seconds=60), webs
    return webs


@pytest.mark.parametrize("fault", [signal.SIGSTOP, signal.SIGKILL], ids=["hangs", "dies"])
@pytest.mark.parametrize("name", ["postgresql", "redis", "broker"])
def test_an_outage_makes_the_project_unready_and_restarts_nothing(
    dependencies: dict[str, Dependency],
    supervisor: Supervisor,
    webs: list[Web],
    name: str,
    fault: signal.Signals,
) -> None:
    dependency = dependencies[name]
    workers = [descendants(web.process.popen.pid) for web in webs]
    assert all(workers)

    dependency.signal(fault)
    try:
        for web in webs:
            assert wait_for(partial(web.says_down, name), seconds=UNREADY_WITHIN)
    finally:
        dependency.signal(signal.SIGCONT)  # what stands still can't be taken down

    if fault == signal.SIGKILL:
        assert supervisor.wait(lambda: dependency.process.has_ended, seconds=10)
        dependency.process = dependency.spawn()
    assert wait_for(lambda: not any(web.says_down(name) for web in webs), seconds=READY_AGAIN_WITHIN)
    assert [descendants(web.process.popen.pid) for web in webs] == workers
