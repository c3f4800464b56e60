"""`stackyard demo`: a project with everything on, made-up data in it, and a table that tells where it is."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from stackyard.commands.output import Output
from stackyard.commands.session import Session, free_ports, session
from stackyard.errors import UserError
from stackyard.project.running import RunnableProject
from stackyard.services import ports
from stackyard.services.guard import Keeper, guarded
from stackyard.services.probe import ReadinessProbe
from stackyard.services.process import Process

_READY = "/health/ready"
_PATIENCE = 60.0  # seconds until the site must answer
_PAGES = {"web": "/", "api docs": "/api/docs/"}
_SERVICES = {"database": "DATABASE_URL", "redis": "REDIS_URL", "amqp": "AMQP_URL", "kafka": "KAFKA_BROKERS"}


def demo(folder: Path, record: Path, output: Output) -> int:
    """Migrate, fill and run a project until it is interrupted.

    Args:
        folder: The project's folder.
        record: The file that tells others where it runs, as JSON, while it does.
        output: Where to say what goes on.

    Returns:
        The exit code of what failed, or 128 + the signal that ended it.

    Raises:
        UserError: Something that the run needs is missing.
    """
    project = RunnableProject.at(folder)
    project.require_runnable("web")
    given = project.environment(os.environ)

    def work(keeper: Keeper) -> int:
        with session(project, given, keeper, output) as running:
            running.embedded.await_ready(running.supervisor, slow=False)
            environment = {**free_ports(), **running.embedded.environment}
            output.say("Migrating the database.")
            _manage(running, environment, "migrate", "--noinput")
            logins = []
            if project.has_command("seed_demo"):
                output.say("Filling it with the demo's data.")
                logins = _seed(running, environment)
            port = int(environment["PORT"])
            processes = running.start_processes(environment, ["web"])
            _await_site(running, processes, port)
            if running.an_end(processes) is not None:
                return running.follow(processes)
            # Only now: while they load, the others would keep the site waiting for a processor.
            others = [name for name in project.processes if name != "web"]
            processes += running.start_processes(environment, others)
            site = f"http://{ports.LOOPBACK}:{port}"
            paths = {**_PAGES, "admin": f"/{given.get('ADMIN_PATH', 'admin/')}"}
            pages = {name: f"{site}{path}" for name, path in paths.items()}
            services = {name: environment[key] for name, key in _SERVICES.items() if environment.get(key)}
            facts = {**pages, "web": site, **services, "logins": logins, "pid": keeper.front}
            accounts = {f"as {each['role']}": f"{each['email']}  {each['password']}" for each in logins}
            with recorded(record, facts):
                output.table("The demo runs; Ctrl-C ends it", {**pages, **services, **accounts})
                return running.follow(processes)

    return guarded(work)


@contextlib.contextmanager
def recorded(path: Path, facts: Mapping[str, object]) -> Iterator[None]:
    """Keep facts in a file that only its owner can read, until the end or until another run replaces it."""
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(facts, indent=2) + "\n"
    descriptor, staging = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(staging, path)
    try:
        yield
    finally:
        with contextlib.suppress(FileNotFoundError):
            if path.read_text(encoding="utf-8") == text:
                path.unlink()


def _manage(
    running: Session, environment: Mapping[str, str], *arguments: str, log: Path | None = None
) -> Process:
    """Run one of Django's management commands to its end."""
    command = ["python", "manage.py", *arguments]
    root = running.project.root
    process = running.supervisor.spawn(arguments[0], command, env=environment, cwd=root, log=log)
    running.supervisor.wait(lambda: process.has_ended)
    if process.exit_code != 0:
        raise UserError(
            f"manage.py {' '.join(arguments)}",
            found=process.ending,
            where=str(root / "manage.py"),
            remedy="\n".join(["Its last lines:", *process.last_lines]),
            exit_code=process.exit_code,
        )
    return process


def _seed(running: Session, environment: Mapping[str, str]) -> list[dict[str, str]]:
    """Fill the database, and read the log-ins that `seed_demo` ends with; the table shows them later."""
    with tempfile.TemporaryDirectory() as folder:
        lines = _manage(running, environment, "seed_demo", log=Path(folder, "seed_demo.log")).last_lines
    last = next((line for line in reversed(lines) if line.startswith("{")), "")
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return list(json.loads(last)["logins"])
    raise UserError(
        "The demo's log-ins, as JSON, in the last line of manage.py seed_demo",
        found=repr(lines[-1:]),
        where=str(running.project.root / "manage.py"),
        remedy='Let it end with {"logins": [{"role": …, "email": …, "password": …}]}.',
        exit_code=1,
    )


def _await_site(running: Session, processes: list[Process], port: int) -> None:
    """Wait until the site says that it is ready, or a process ends."""
    probe = ReadinessProbe(port, _READY)

    def settled() -> bool:
        return running.an_end(processes) is not None or probe.has_succeeded()

    settled_in_time = running.supervisor.wait(settled, every=0.05, seconds=_PATIENCE)
    probe.close()
    if not settled_in_time:
        raise UserError(
            "The project's web process",
            found=f"not ready in {_PATIENCE:g} s",
            where=f"http://{ports.LOOPBACK}:{port}{_READY}",
            remedy="Its lines above say why.",
            exit_code=1,
        )
