"""An embedded PostgreSQL: a data folder, a password, a loopback port and a socket of its own."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from stackyard.errors import UserError
from stackyard.services import binaries, ports
from stackyard.services.process import Account
from stackyard.services.service import Service
from stackyard.services.state import service_account
from stackyard.services.supervisor import Supervisor

DATABASE = "app"
_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}

# Durable against a crash of PostgreSQL or of a project, not of the machine: this is for development and
# tests.
_SETTINGS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@contextlib.contextmanager
def socket_folder(folder: Path) -> Iterator[Path]:
    """Make a folder for the socket of a run, with a short path: a socket's may have 107 bytes.

    Args:
        folder: The run's data folder. A link in it tells where the sockets are, and lets the next run remove
            what a run that was killed left.
    """
    link = folder / "sockets"
    if link.is_symlink():
        shutil.rmtree(link.readlink(), ignore_errors=True)
        link.unlink()
    with tempfile.TemporaryDirectory(prefix="stackyard-", dir="/tmp") as sockets:  # nosec B108 # its own
        if account := service_account():
            os.chown(sockets, account.uid, account.gid)
        link.symlink_to(sockets)
        try:
            yield Path(sockets)
        finally:
            link.unlink()


def start(folder: Path, sockets: Path, supervisor: Supervisor) -> Service:
    """Start PostgreSQL on the data in a folder, which it makes first where there are none.

    Args:
        folder: The run's data folder.
        sockets: A short-lived folder of its own for its socket.
        supervisor: Who starts it.

    Raises:
        UserError: The data cannot be made, or another version made them.
    """
    programs, account = binaries.postgresql(), service_account()
    started = time.monotonic()
    home = folder / "postgresql"
    version = _output([programs / "postgres", "--version"]).split()[-1]
    if not home.exists():
        _create(home, programs, account)
    data = home / "data"
    _check_version(data, version)
    _end_leftovers(data)
    settings = _SETTINGS | {"unix_socket_directories": str(sockets)}
    port = ports.reserve()
    process = supervisor.spawn(
        "postgresql",
        [
            *(programs / "postgres", "-D", data, "-p", str(port)),
            *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
        ],
        env=_ENVIRONMENT,
        cwd=data,
        log=folder / "postgresql.log",
        account=account,
        stop_signal=signal.SIGINT,  # "fast": ends the sessions instead of waiting for them
    )
    password = (home / "password").read_text(encoding="utf-8")
    return Service(
        f"PostgreSQL {version}",
        port,
        {"DATABASE_URL": f"postgres://{DATABASE}:{password}@{ports.LOOPBACK}:{port}/{DATABASE}"},
        process,
        lambda: _is_ready(data, process.popen.pid),
        started=started,
    )


def _create(home: Path, programs: Path, account: Account | None) -> None:
    """Make a cluster with a database, all at once or not at all."""
    with tempfile.TemporaryDirectory(prefix=f"{home.name}-", dir=home.parent) as temporary:
        staging = Path(temporary) / home.name
        staging.mkdir(mode=0o700)
        password = staging / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_hex(16), encoding="utf-8")
        if account:
            Path(temporary).chmod(0o755)
            for path in (staging, password):
                os.chown(path, account.uid, account.gid)
        initdb: list[str | Path] = [
            *(programs / "initdb", "--pgdata", staging / "data"),
            *("--username", DATABASE, "--pwfile", password, "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"),
            *("--builtin-locale", "C.UTF-8", "--no-sync", "--no-instructions"),
        ]
        _output(initdb, account)
        single: list[str | Path] = [programs / "postgres", "--single", "-D", staging / "data", "postgres"]
        _output(single, account, stdin=f"CREATE DATABASE {DATABASE}\n")
        staging.rename(home)


def _output(argv: Sequence[str | Path], account: Account | None = None, *, stdin: str = "") -> str:
    """Run one of PostgreSQL's programs to its end, and give what it wrote."""
    result: subprocess.CompletedProcess[str] = subprocess.run(
        argv,
        env=_ENVIRONMENT,
        cwd="/",
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **(account.options if account else {}),
    )
    if result.returncode != 0:
        raise UserError(
            f"PostgreSQL's {Path(argv[0]).name}",
            found=f"exit code {result.returncode}",
            where=str(argv[0]),
            remedy=f"It wrote:\n{result.stdout.strip()}",
            exit_code=1,
        )
    return result.stdout


def _check_version(data: Path, version: str) -> None:
    found = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if found != version.partition(".")[0]:
        raise UserError(
            f"Data of PostgreSQL {version}",
            found=f"data of PostgreSQL {found}",
            where=str(data),
            remedy=f"Dump them with that version if they matter, then remove {data.parent}.",
        )


def _end_leftovers(data: Path) -> None:
    """End what an earlier run that was killed left on these data; the caller holds the lock on them.

    PostgreSQL itself would refuse to start if the process id in a stale postmaster.pid belongs to another
    program by now.
    """
    deadline = time.monotonic() + 10
    while (pids := _processes_in(data)) and time.monotonic() < deadline:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _processes_in(folder: Path) -> list[int]:
    """Give the processes whose working folder this is: PostgreSQL's all live in their data folder."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink() == folder:
                found.append(int(link.parent.name))
    return found


def _is_ready(data: Path, pid: int) -> bool:
    """Tell whether the server says so in its pid file, as pg_ctl reads it."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"
