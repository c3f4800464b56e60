"""The real servers, each on a port that stays its own, with data that outlive `kill -9`."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from stackyard.services import postgresql, rabbitmq, valkey
from stackyard.services.process import Process
from stackyard.services.service import Service, answers
from stackyard.services.supervisor import Supervisor
from tests.chaos.children import Children

TRACED = '[{rabbit, [{trace_vhosts, [<<"app">>]}]}].\n'
"""RabbitMQ notes what is published, from its start on."""
COMMITS = ("-c", "track_commit_timestamp=on")
"""The order of commits is to be seen."""
STREAMS = importlib.util.find_spec("stackyard.services.kafka") is not None
"""Whether there is a broker of Kafka's protocol. Its data are in memory: it may be frozen, not killed."""
PATIENCE = 90
"""Seconds that a server gets to be there again."""


class _Spawner:
    """Stands in the tool's supervisor's place: what it starts comes back."""

    def __init__(self, children: Children, folder: Path) -> None:
        self._children = children
        self._traced = folder / "advanced.config"
        self._traced.write_text(TRACED, encoding="utf-8")

    def spawn(
        self, name: str, argv: Sequence[str | Path], *, env: Mapping[str, str], **options: Any
    ) -> Process:
        """Start a server."""
        if name == "postgresql":
            argv = [*argv, *COMMITS]
        if name == "rabbitmq":
            env = {**env, "RABBITMQ_ADVANCED_CONFIG_FILE": str(self._traced)}
        return self._children.spawn(name, argv, env=env, **options)


class Servers:
    """The servers.

    Attributes:
        environment: Where they are.
        ports: Their ports, by name.
    """

    def __init__(self, children: Children, services: Mapping[str, Service]) -> None:
        """Remember them."""
        self._children = children
        self.environment = {
            name: value for each in services.values() for name, value in each.environment.items()
        }
        self.ports = {name: each.port for name, each in services.items()}
        self._ready: dict[str, Callable[[], bool]] = {name: each.is_ready for name, each in services.items()}
        self._ready["postgresql"] = lambda: answers(
            self.ports["postgresql"], b"\x00\x00\x00\x08\x04\xd2\x16\x2f", b"N"
        )

    def await_ready(self, *names: str) -> None:
        """Wait until servers can be used; all, if none is named."""
        for name in names or self._ready:
            deadline = time.monotonic() + PATIENCE
            while not self._ready[name]():
                assert time.monotonic() < deadline, f"{name} is not back after {PATIENCE} s"
                time.sleep(0.05)


@contextlib.contextmanager
def serving(children: Children, folder: Path) -> Iterator[Servers]:
    """Start them, the slowest first; a broker of Kafka's protocol too, where the tool brings one."""
    spawner = cast(Supervisor, _Spawner(children, folder))
    program = rabbitmq.find()
    assert program, "no RabbitMQ here"
    with postgresql.socket_folder(folder) as sockets:
        services = {"rabbitmq": rabbitmq.start(program, folder, spawner)}
        if STREAMS:
            kafka = importlib.import_module("stackyard.services.kafka")
            services["kafka"] = kafka.start(folder, spawner)
        services["valkey"] = valkey.start(folder, spawner)
        services["postgresql"] = postgresql.start(folder, sockets, spawner)
        yield Servers(children, services)


def backends(postmaster: int) -> list[int]:
    """Give PostgreSQL's processes that work for a client."""
    found = []
    for pid in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text(encoding="utf-8").split():
        with contextlib.suppress(OSError):
            if b"127.0.0.1(" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(int(pid))
    return found


def interpreter() -> Path:
    """Give the Python of the template's environment."""
    return Path(__file__).resolve().parents[2] / "template" / ".venv" / "bin" / "python"
