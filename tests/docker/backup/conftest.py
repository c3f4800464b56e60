"""A PostgreSQL server in a container of its own, and the template's backup commands run beside it."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import wait_for

COMMANDS = Path(__file__).parents[3] / "template" / "deploy" / "backup"
PASSWORD = "s3cret @/:%"
PASSWORD_IN_URL = "s3cret%20%40%2F%3A%25"


def docker(*arguments: str, stdin: str | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run Docker's client to its end."""
    done = subprocess.run(
        ["docker", *arguments], input=stdin, capture_output=True, text=True, check=False, timeout=300
    )
    assert not check or done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done


@dataclass(frozen=True)
class Server:
    """A server, whose databases belong to a role that is no superuser, as a hosted service gives one.

    Attributes:
        name: Of its container, and of the network that it's alone in.
    """

    name: str

    def url(self, database: str) -> str:
        """Give a database's address, with an option that is Django's own."""
        address = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"  # names fail on a busy machine
        host = docker("inspect", "--format", address, self.name).stdout.strip()
        return f"postgres://app:{PASSWORD_IN_URL}@{host}:5432/{database}?conn_max_age=60"

    def sql(self, database: str, statements: str, role: str = "app", check: bool = True) -> str:
        """Run statements, and give their output."""
        psql = ("psql", "-XqAt", "--set=ON_ERROR_STOP=1", f"--username={role}", "--host=/var/run/postgresql")
        where = f"--dbname={database}"
        done = docker("exec", "--interactive", self.name, *psql, where, stdin=statements, check=check)
        return done.stdout.strip()

    @contextlib.contextmanager
    def session(self, database: str, statements: str) -> Iterator[subprocess.Popen[bytes]]:
        """Hold a session that runs statements, and stays."""
        with tempfile.TemporaryFile() as file:
            file.write(statements.encode())
            file.seek(0)
            process = subprocess.Popen(  # pylint: disable=consider-using-with
                ["docker", "exec", "--interactive", self.name, "psql", "-XqAt", "--username=app", database],
                stdin=file,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                yield process
            finally:
                process.kill()
                process.wait()

    def databases(self) -> set[str]:
        """Give the names of all databases."""
        return set(self.sql("postgres", "SELECT datname FROM pg_database").split())

    def scratch(self) -> set[str]:
        """Give the names of those that a command made, and should have dropped."""
        return {name for name in self.databases() if name.startswith(("backup_proof", "backup_restore"))}

    def rows(self, database: str) -> str:
        """Give each table's rows, hashed in another way than the commands', and where its sequences stand."""
        tables = self.sql(
            database,
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'shop'",
        )
        lines = 'md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C"))'
        queries = [
            f"SELECT '{table}', count(*), {lines} FROM {table} t;" for table in sorted(tables.splitlines())
        ]
        sequences = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1;"
        return self.sql(database, "\n".join([*queries, sequences]))


@dataclass(frozen=True)
class Result:
    """What a command said.

    Attributes:
        code: Its exit code.
        output: What it said.
        errors: What it complained about.
    """

    code: int
    output: str
    errors: str


@dataclass(frozen=True)
class Place:
    """A database, and a folder for its backups.

    Attributes:
        server: Where the database is.
        database: Its name.
        folder: Of the backups.
    """

    server: Server
    database: str
    folder: Path

    def arguments(self, command: str, *options: str, **environment: str) -> list[str]:
        """Give the arguments of `docker run` for a command, locked down as in production."""
        url = self.server.url(self.database)
        folder = (
            [] if any("/backups" in option for option in options) else [f"--volume={self.folder}:/backups"]
        )
        locked = [
            "--read-only",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--tmpfs=/tmp:mode=1777",
        ]
        return [
            *(
                "run",
                "--rm",
                f"--network={self.server.name}",
                f"--user={os.getuid()}:{os.getgid()}",
            ),
            *locked,
            *folder,
            f"--volume={COMMANDS}:/backup:ro",
            *(f"--env={name}={value}" for name, value in {"DATABASE_URL": url, **environment}.items()),
            *options,
            f"--entrypoint={command}",
            "postgres:17",
        ]

    def run(self, command: str, *words: str, options: tuple[str, ...] = (), **environment: str) -> Result:
        """Run a command to its end; the password is in nothing that it says."""
        done = docker(*self.arguments(command, *options, **environment), *words, check=False)
        assert PASSWORD not in done.stdout + done.stderr
        assert PASSWORD_IN_URL not in done.stdout + done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    def backup(self, *words: str, options: tuple[str, ...] = (), **environment: str) -> Result:
        """Run `backup`."""
        return self.run("/backup/backup", *words, options=options, **environment)

    def restore(self, name: str) -> Result:
        """Run `restore`."""
        return self.run("/backup/restore", name)

    def start(self, name: str) -> subprocess.Popen[str]:
        """Start `backup` in a container of that name."""
        return subprocess.Popen(
            ["docker", *self.arguments("/backup/backup", f"--name={name}")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def names(self) -> list[str]:
        """What is in the folder, hidden or not."""
        return sorted(path.name for path in self.folder.iterdir())


@contextlib.contextmanager
def started(name: str, image: str, network: str) -> Iterator[Server]:
    """Start a server of a version, and remove it with all that it wrote."""
    try:
        docker(
            *("run", "--detach", "--rm", f"--name={name}", f"--network={network}"),
            *(f"--env=POSTGRES_PASSWORD={PASSWORD}", "--tmpfs=/var/lib/postgresql/data:mode=1777"),
            *(image, "-c", "fsync=off"),
        )
        ready = ("exec", name, "pg_isready", "--quiet", "--host=127.0.0.1")  # not while it only initialises
        assert wait_for(lambda: docker(*ready, check=False).returncode == 0, seconds=90)
        server = Server(name)
        server.sql("postgres", f"CREATE ROLE app LOGIN CREATEDB PASSWORD '{PASSWORD}'", role="postgres")
        yield server
    finally:
        docker("rm", "--force", "--volumes", name, check=False)


@pytest.fixture(name="server", scope="module")
def fixture_server() -> Iterator[Server]:
    """A server, which nothing outside of its network reaches."""
    name = f"backup-test-{secrets.token_hex(4)}"
    docker("network", "create", name)
    try:
        with started(name, "postgres:17", name) as server:
            yield server
    finally:
        docker("network", "rm", name, check=False)


@pytest.fixture(name="older")
def fixture_older(server: Server) -> Iterator[Server]:
    """A server of an older version in the same network."""
    with started(f"{server.name}-older", "postgres:16", server.name) as older:
        yield older
