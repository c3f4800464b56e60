"""A developer's server, on a database of its own."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import environ
import psycopg2  # type: ignore[import-untyped]
import pytest
from psycopg2 import sql

from stack.environment import BASE_DIR, env
from tests.processes import BIN, SECONDS, environment, free_port, running, wait_for_answer


@dataclass(frozen=True)
class Developer:
    """A developer's machine: the environment of its processes, a running server and what that wrote."""

    variables: dict[str, str]
    port: int
    log: Path

    def manage(self, *arguments: str, text: str = "") -> str:
        """Run a command of manage.py with this text as input, and return what it wrote."""
        return manage(self.variables, *arguments, text=text)


def manage(variables: dict[str, str], *arguments: str, text: str = "") -> str:
    """Run a command of manage.py, and return what it wrote on both streams."""
    ended = subprocess.run(
        [BIN / "python", "manage.py", *arguments],
        cwd=BASE_DIR,
        env=environment(**variables),
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


@pytest.fixture(scope="session", name="development_database")
def database_of_a_developer(worker_id: str) -> Iterator[str]:
    """Make a database with the tables of the development tools, and return its address."""
    address = environ.urlparse(env.str("DATABASE_URL"))
    name = f"development_{address.path.strip('/')}_{worker_id}"
    server = psycopg2.connect(env.str("DATABASE_URL"))
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield address._replace(path=f"/{name}").geturl()
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    server.close()


@pytest.fixture(scope="session")
def developer(development_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Developer]:
    """Migrate, and run the server that a developer runs."""
    variables = {"ENVIRONMENT": "development", "DATABASE_URL": development_database}
    manage(variables, "migrate", "--verbosity=0")
    port, log = free_port(), tmp_path_factory.mktemp("development") / "log"
    with running(["python", "manage.py", "runserver", "--noreload", str(port)], log, **variables) as process:
        wait_for_answer(process, port, log)
        yield Developer(variables, port, log)
