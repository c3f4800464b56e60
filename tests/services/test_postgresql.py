"""The embedded PostgreSQL: who it runs as, what it leaves, and what it recovers from."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.services import binaries, postgresql
from stackyard.services.state import project_folder
from tests.conftest import Sandbox, descendants, wait_for

COUNT = """
import os, psycopg2
connection = psycopg2.connect(os.environ["DATABASE_URL"])
with connection, connection.cursor() as cursor:
    cursor.execute("create table if not exists kept (id serial primary key)")
    cursor.execute("insert into kept default values")
    cursor.execute("select count(*) from kept")
    print(cursor.fetchone()[0])
"""

HOLD = f"{COUNT}\nimport pathlib, time; pathlib.Path('up').write_text('up'); time.sleep(60)"


def cluster(sandbox: Sandbox) -> Path:
    return project_folder(sandbox.folder) / "data" / "postgresql"


def user_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def test_it_recovers_data_that_a_killed_run_left(sandbox: Sandbox) -> None:
    run = sandbox.start("run", "--", sys.executable, "-c", HOLD, REDIS_URL="")
    run.await_file("up")
    os.kill(run.keeper, signal.SIGKILL)  # which takes the server down the hard way
    assert run.result()[0] == 128 + signal.SIGKILL
    sockets = (cluster(sandbox).parent / "sockets").readlink()
    assert sockets.exists()
    pid_file = cluster(sandbox) / "data" / "postmaster.pid"
    lines = pid_file.read_text(encoding="utf-8").splitlines()
    # By now the number belongs to someone else, of the same user.
    with subprocess.Popen(["sleep", "60"], user=user_of_files(pid_file)) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n", encoding="utf-8")
        code, output, errors = sandbox.python(COUNT, REDIS_URL="")
        still_there = stranger.poll() is None
        stranger.terminate()
    assert (code, output) == (0, "2\n"), errors
    assert still_there
    assert not sockets.exists()


def user_of_files(path: Path) -> int | None:
    """Give the owner of a file, if this process may become that user."""
    return path.stat().st_uid if os.geteuid() == 0 else None


def test_it_ends_a_server_that_still_runs_on_its_data(sandbox: Sandbox) -> None:
    assert sandbox.run("run", "--", "true", REDIS_URL="")[0] == 0
    data = cluster(sandbox) / "data"
    program = binaries.postgresql() / "postgres"
    with tempfile.TemporaryDirectory() as sockets:
        os.chown(sockets, data.stat().st_uid, data.stat().st_gid)
        options = ["-k", sockets, "-c", "listen_addresses=", "-c", "logging_collector=on"]
        command: list[str | Path] = [program, "-D", data, *options]
        with subprocess.Popen(command, cwd=data, user=user_of_files(data)) as leftover:
            pid_file = data / "postmaster.pid"
            assert wait_for(lambda: pid_file.exists() and "ready" in pid_file.read_text(encoding="utf-8"))
            code, _, errors = sandbox.run("run", "--", "true", REDIS_URL="")
            assert code == 0, errors
            assert leftover.wait(5) == -signal.SIGKILL


def test_the_password_is_for_its_owner_alone(sandbox: Sandbox) -> None:
    assert sandbox.run("run", "--", "true", REDIS_URL="")[0] == 0
    assert (cluster(sandbox) / "password").stat().st_mode & 0o777 == 0o600
    assert cluster(sandbox).stat().st_mode & 0o777 == 0o700


def test_a_socket_of_its_own(sandbox: Sandbox) -> None:
    code = """
import os, psycopg2
from urllib.parse import urlsplit
address = urlsplit(os.environ["DATABASE_URL"])
with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("show unix_socket_directories")
    folder = cursor.fetchone()[0]
login = {"user": "app", "dbname": "app", "password": address.password}
by_socket = psycopg2.connect(host=folder, port=address.port, **login)
print(folder, by_socket.info.host)
"""
    _, output, errors = sandbox.python(code, REDIS_URL="")
    folder, host = output.split()
    assert folder == host, errors
    assert not Path(folder).exists(), "it goes with the run"


def test_data_of_another_version_are_left_alone(sandbox: Sandbox) -> None:
    assert sandbox.run("run", "--", "true", REDIS_URL="")[0] == 0
    (cluster(sandbox) / "data" / "PG_VERSION").write_text("9\n", encoding="utf-8")
    code, _, errors = sandbox.run("run", "--", "true", REDIS_URL="")
    assert code == 2
    assert "data of PostgreSQL 9" in errors and str(cluster(sandbox)) in errors


def test_a_server_that_cannot_start_tells_why(sandbox: Sandbox) -> None:
    assert sandbox.run("run", "--", "true", REDIS_URL="")[0] == 0
    (cluster(sandbox) / "data" / "postgresql.conf").write_text("no_such_setting = 1\n", encoding="utf-8")
    code, _, errors = sandbox.run("run", "--", "true", REDIS_URL="")
    assert code == 1
    assert "PostgreSQL 18" in errors and 'unrecognized configuration parameter "no_such_setting"' in errors


def test_making_data_fails_with_what_initdb_said(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "initdb"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho no space left; exit 1\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(UserError, match="no space left"):
        postgresql._create(tmp_path / "postgresql", program.parent, None)  # pylint: disable=protected-access
    assert not (tmp_path / "postgresql").exists()


@pytest.fixture(name="home")
def fixture_home() -> Iterator[Path]:
    """A folder of user `nobody`, which other users' temporary folders would keep out."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "project"
        home.mkdir(mode=0o700)
        os.chown(home, 65534, 65534)
        yield home


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever is not root runs all these tests as an ordinary user")
def test_an_ordinary_user_keeps_everything_in_the_project(home: Path) -> None:
    script = 'echo "$DATABASE_URL"; id -un; find .stackyard -name PG_VERSION | head -1'
    command = [sys.executable, str(Path(__file__).with_name("run_as_nobody.py")), str(home)]
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    result = subprocess.run(
        [*command, "/bin/sh", "-c", script],
        env={**environment, "AMQP_URL": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    address, user, data = result.stdout.splitlines()
    assert address.startswith("postgres://app:") and user == "nobody"
    assert data.startswith(".stackyard/run/data/postgresql/")
    assert "PostgreSQL 18" in result.stderr and "Valkey" in result.stderr
    assert {path.owner() for path in (home / ".stackyard").rglob("*")} == {"nobody"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must give up its rights")
def test_root_gives_up_its_rights(sandbox: Sandbox) -> None:
    run = sandbox.start("run", "--", sys.executable, "-c", HOLD, REDIS_URL="")
    run.await_file("up")
    servers = {
        pid
        for pid in descendants(run.process.pid)
        if Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").startswith("postgres")
    }
    assert servers and {user_of(pid) for pid in servers} == {cluster(sandbox).stat().st_uid}
    assert 0 not in {user_of(pid) for pid in servers}
    run.end()
