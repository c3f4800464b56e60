"""Everything that runs: servers, the project's processes between them, and who looks after both."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import psycopg2

from stackyard.services import ports
from tests.chaos.children import Children
from tests.chaos.load import Load
from tests.chaos.project import ENVIRONMENT, Project, Sabotage
from tests.chaos.proxy import Proxy
from tests.chaos.servers import STREAMS, Servers, interpreter, serving
from tests.conftest import wait_for

GROUPS = ("ledger", "flaky")
"""Those that write down what they take, of RabbitMQ."""
STREAM = "ledger-stream"
"""And of Kafka, where there is one."""


class Operator:
    """Somebody at RabbitMQ's side."""

    def __init__(self, url: str) -> None:
        """Begin to listen."""
        self._lock = Lock()
        self._process = subprocess.Popen(  # pylint: disable=consider-using-with  # until `close`
            [interpreter(), "-P", Path(__file__).with_name("broker.py"), url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, what: str, *arguments: str) -> Any:
        """Have something done, as soon as RabbitMQ is there."""
        answer: Any = None

        def done() -> bool:
            nonlocal answer
            assert self._process.stdin and self._process.stdout
            with self._lock:
                self._process.stdin.write(json.dumps([what, *arguments]) + "\n")
                self._process.stdin.flush()
                how, answer = json.loads(self._process.stdout.readline())
            return bool(how == "done")

        assert wait_for(done, seconds=120), f"{what}: {answer}"
        return answer

    def close(self) -> None:
        """Send them home."""
        self._process.communicate()


@dataclass
class Rig:  # pylint: disable=too-many-instance-attributes  # all there is
    """Everything that runs.

    Attributes:
        children: All processes.
        servers: The servers.
        project: The project under test.
        environment: Of its processes.
        operator: Somebody at RabbitMQ's side.
        cables: To RabbitMQ: the publishers' and the consumers'.
        load: The buyers.
        folder: Of all logs.
    """

    children: Children
    servers: Servers
    project: Project
    environment: dict[str, str]
    operator: Operator
    cables: dict[str, Proxy]
    load: Load
    folder: Path

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        rows: list[tuple[Any, ...]] = []

        def done() -> bool:
            nonlocal rows
            try:
                with contextlib.closing(psycopg2.connect(self.environment["DATABASE_URL"])) as connection:
                    with connection.cursor() as cursor:
                        cursor.execute(query)
                        rows = cursor.fetchall()
            except psycopg2.OperationalError:  # it is down
                return False
            return True

        assert wait_for(done, seconds=60), query
        return rows

    @property
    def groups(self) -> tuple[str, ...]:
        """Those that write down what they take."""
        return GROUPS + (STREAM,) * STREAMS

    def named(self, *kinds: str) -> list[str]:
        """Give the names of the processes of some kinds."""
        return [name for name in self.children.by_name if name.partition("-")[0] in kinds]


@contextlib.contextmanager
def running(  # pylint: disable=too-many-locals  # all there is
    processes: Sequence[str], *, seed: str, orders: int, sabotage: Sequence[Sabotage] = (), **variables: str
) -> Iterator[Rig]:
    """Start everything, and end it; the logs stay if that was by a failure."""
    folder = Path(tempfile.mkdtemp(prefix="stackyard-chaos-"))
    folder.chmod(0o755)  # PostgreSQL may be another user's
    with contextlib.ExitStack() as stack:
        children = stack.enter_context(Children())
        servers = stack.enter_context(serving(children, folder))
        project = Project(folder / "project", sabotage)
        servers.await_ready("valkey", "postgresql")
        environment = {
            "PATH": os.environ["PATH"],
            "TMPDIR": str(folder),
            "PORT": str(ports.reserve()),
            **ENVIRONMENT,
            **servers.environment,
            "LEDGER_SEED": seed,
            **variables,
        }
        environment["CELERY_BROKER_URL"] = environment["AMQP_URL"]
        tokens = project.prepare(environment)
        cables = {
            kind: stack.enter_context(Proxy(servers.ports["rabbitmq"])) for kind in ("publisher", "consumer")
        }
        servers.await_ready()
        operator = Operator(environment["AMQP_URL"])
        stack.callback(operator.close)
        operator.do("tap")
        direct = f":{servers.ports['rabbitmq']}/"
        for name in processes:
            own = dict(environment)
            if cable := cables.get(name.partition("-")[0]):
                own["AMQP_URL"] = own["AMQP_URL"].replace(direct, f":{cable.port}/")
            project.start(children, name, own)
        load = Load(int(environment["PORT"]), tokens, seed, orders)
        stack.callback(load.abandon)
        try:
            yield Rig(children, servers, project, environment, operator, cables, load, folder)
        except BaseException:
            print(f"The logs are in {folder}")
            raise
    shutil.rmtree(folder)
