"""`stackyard run -- CMD`: the command gets real services, and the tool gets out of its way."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import sys
import time
from urllib.parse import urlsplit

import pytest

from stackyard.services.state import project_folder
from tests.conftest import Sandbox, wait_for

ASK_POSTGRESQL = """
import os, psycopg2
with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("create table kept (word text)")
    cursor.execute("insert into kept values ('naïve') returning word")
    cursor.execute("select word, current_database(), pg_encoding_to_char(encoding), version()"
                   " from kept, pg_database where datname = current_database()")
    print(*cursor.fetchone(), sep="|")
"""

REFUSED_WITHOUT_PASSWORD = """
import os, psycopg2
from urllib.parse import urlsplit
port = urlsplit(os.environ["DATABASE_URL"]).port
try:
    psycopg2.connect(host="127.0.0.1", port=port, user="app", dbname="app", password="guess")
except psycopg2.OperationalError as error:
    print(error)
"""

ASK_VALKEY = """
import os, redis
from urllib.parse import urlsplit
cache, queues = (redis.Redis.from_url(os.environ[name]) for name in ("REDIS_URL", "CELERY_BROKER_URL"))
cache.set("greeting", "hello")
queues.flushdb()
print(cache.get("greeting").decode())
try:
    redis.Redis(port=urlsplit(os.environ["REDIS_URL"]).port).ping()
except redis.AuthenticationError:
    print("refused")
"""


@pytest.mark.proves("postgresql")
def test_the_command_gets_a_real_postgresql(sandbox: Sandbox) -> None:
    code, output, errors = sandbox.python(ASK_POSTGRESQL)
    assert code == 0, errors
    word, database, encoding, version = output.strip().split("|")
    assert (word, database, encoding) == ("naïve", "app", "UTF8")
    assert version.startswith("PostgreSQL 18")
    assert "PostgreSQL 18" in errors and "ready on 127.0.0.1:" in errors


def test_postgresql_wants_its_password(sandbox: Sandbox) -> None:
    _, output, errors = sandbox.python(REFUSED_WITHOUT_PASSWORD)
    assert "password authentication failed" in output, errors


@pytest.mark.proves("redis")
def test_the_command_gets_a_real_valkey_with_queues_apart_from_the_cache(sandbox: Sandbox) -> None:
    code, output, errors = sandbox.python(ASK_VALKEY)
    assert code == 0, errors
    assert output.split() == ["hello", "refused"]


@pytest.mark.parametrize(
    ("script", "code"), [("exit 0", 0), ("exit 3", 3), ("kill -TERM $$", 143), ("kill -9 $$", 137)]
)
def test_the_exit_code_passes_through(sandbox: Sandbox, script: str, code: int) -> None:
    assert sandbox.run("run", "--", "/bin/sh", "-c", script, DATABASE_URL="", REDIS_URL="")[0] == code


def test_input_and_output_are_the_commands_own(sandbox: Sandbox) -> None:
    run = sandbox.start("run", "--", "cat", DATABASE_URL="", REDIS_URL="")
    output, _ = run.process.communicate("a line\n[bold]not markup[/]\n", timeout=30)
    assert output == "a line\n[bold]not markup[/]\n"


def test_options_after_the_command_are_the_commands(sandbox: Sandbox) -> None:
    code, output, _ = sandbox.run("run", "echo", "--project", "x", DATABASE_URL="", REDIS_URL="")
    assert (code, output) == (0, "--project x\n")


def test_an_address_in_the_environment_wins(sandbox: Sandbox) -> None:
    script = 'echo "$DATABASE_URL $REDIS_URL $CELERY_BROKER_URL $AMQP_URL"'
    given = {
        "DATABASE_URL": "postgres://elsewhere/db",
        "REDIS_URL": "rediss://elsewhere/4?ssl_cert_reqs=required",
        "AMQP_URL": "amqp://elsewhere",
    }
    _, output, errors = sandbox.run("run", "--", "/bin/sh", "-c", script, **given)
    broker = "rediss://elsewhere/5?ssl_cert_reqs=required"
    assert output.split() == [given["DATABASE_URL"], given["REDIS_URL"], broker, given["AMQP_URL"]]
    assert "ready" not in errors
    _, output, _ = sandbox.run("run", "--", "/bin/sh", "-c", script, **given, CELERY_BROKER_URL="amqp://own")
    assert output.split()[2] == "amqp://own"


def test_the_projects_virtual_environment_is_active(sandbox: Sandbox) -> None:
    script = 'command -v python; echo "$VIRTUAL_ENV $ENVIRONMENT $PORT"'
    given = {"DATABASE_URL": "", "REDIS_URL": ""}
    _, output, _ = sandbox.run("run", "--", "/bin/sh", "-c", script, **given)
    python, settings = output.splitlines()
    assert python == f"{sandbox.folder}/.venv/bin/python"
    assert settings.split()[:2] == [f"{sandbox.folder}/.venv", "development"]
    assert int(settings.split()[2]) > 1023
    _, output, _ = sandbox.run("run", "--", "/bin/sh", "-c", script, **given, PORT="80", ENVIRONMENT="test")
    assert output.splitlines()[1] == f"{sandbox.folder}/.venv test 80"


def test_data_last_and_a_second_run_has_its_own(sandbox: Sandbox) -> None:
    hold = 'echo "$DATABASE_URL" > first; while [ ! -e done ]; do sleep 0.05; done'
    assert sandbox.python(ASK_POSTGRESQL)[0] == 0
    first = sandbox.start("run", "--", "/bin/sh", "-c", hold)
    address = urlsplit(first.await_file("first").strip())
    code, output, errors = sandbox.python(ASK_POSTGRESQL + 'print(os.environ["DATABASE_URL"])')
    assert code == 0, f"beside the first the table must be new: {errors}"
    assert urlsplit(output.splitlines()[-1]).port != address.port
    sandbox.write("done", "")
    assert first.result()[0] == 0
    code, _, errors = sandbox.python(ASK_POSTGRESQL)
    assert code == 1 and "already exists" in errors


def test_a_signal_to_the_tool_reaches_the_command(sandbox: Sandbox) -> None:
    script = "trap 'echo ended; exit 5' INT; echo > up; while :; do sleep 0.05; done"
    run = sandbox.start("run", "--", "/bin/sh", "-c", script, DATABASE_URL="", REDIS_URL="")
    run.await_file("up")
    code, output, _ = run.end(signal.SIGINT)
    assert (code, output) == (5, "ended\n")


def test_ctrl_c_at_the_terminal_is_for_the_command_to_decide(sandbox: Sandbox) -> None:
    code = """
import pathlib, time
interrupts = 0
for name in ("first", "second"):
    try:
        pathlib.Path(name).write_text("up")
        time.sleep(60)
    except KeyboardInterrupt:
        interrupts += 1
        pathlib.Path(name + "-interrupted").write_text("yes")
    try:
        time.sleep(0.5)  # one Ctrl-C must not come twice: from the terminal and from the tool
    except KeyboardInterrupt:
        interrupts += 1
raise SystemExit(interrupts)
"""
    environment = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "AMQP_URL": ""}
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(sandbox.folder)
        command = [sys.executable, "-m", "stackyard", "run", "--", sys.executable, "-c", code]
        os.execve(sys.executable, command, environment)
    for name in ("first", "second"):
        assert wait_for((sandbox.folder / name).exists)
        os.write(terminal, b"\x03")
        assert wait_for((sandbox.folder / f"{name}-interrupted").exists)
    assert os.waitstatus_to_exitcode(_status(pid, terminal)) == 2


def test_ctrl_c_at_the_terminal_ends_a_run_that_still_starts_its_services(sandbox: Sandbox) -> None:
    environment = {**os.environ, "DATABASE_URL": "", "REDIS_URL": ""}
    environment.pop("AMQP_URL", None)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(sandbox.folder)
        os.execve(sys.executable, [sys.executable, "-m", "stackyard", "run", "--", "true"], environment)
    assert wait_for((project_folder(sandbox.folder) / "data" / "rabbitmq.log").exists)
    os.write(terminal, b"\x03")
    assert os.waitstatus_to_exitcode(_status(pid, terminal)) == 130


def _status(pid: int, terminal: int) -> int:
    """Read a terminal until its process ended, and give its status."""
    deadline = time.monotonic() + 30
    os.set_blocking(terminal, False)
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            os.read(terminal, 65536)
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            os.close(terminal)
            return status
        time.sleep(0.01)
    os.kill(pid, signal.SIGTERM)
    raise AssertionError("the tool did not end")


def test_a_command_that_is_not_there(sandbox: Sandbox) -> None:
    code, _, errors = sandbox.run("run", "--", "no-such-program")
    assert code == 127
    assert "The command no-such-program: no such program." in errors
    assert f"PATH={sandbox.folder}/.venv/bin" in errors
    assert "Traceback" not in errors
    code, _, errors = sandbox.run("run", "--", "./script")
    assert code == 127 and str(sandbox.folder) in errors


def test_a_folder_that_is_not_there(sandbox: Sandbox) -> None:
    code, _, errors = sandbox.run("run", "--project", "nowhere", "--", "true")
    assert code == 2
    assert "no such folder" in errors and "--project" in errors
