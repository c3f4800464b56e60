"""However a run of the tool ends, nothing that it started is left."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Run, Sandbox, alive, descendants, wait_for

# A daemon of the old school: a session of its own, an init as its parent, deaf to polite signals.
DAEMON = """
import os, pathlib, signal, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        pathlib.Path("daemon").write_text(str(os.getpid()))
        time.sleep(600)
    os._exit(0)
os.wait()
time.sleep(600)
"""


@pytest.fixture(autouse=True, name="hearing")
def fixture_hearing() -> Iterator[None]:
    """Undo a `nohup` around the tests, which what they start would inherit, and rightly obey."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture(name="run")
def fixture_run(sandbox: Sandbox) -> Run:
    """A run with services, a process, and a daemon that this started."""
    sandbox.write("daemon.py", DAEMON)
    sandbox.write("Procfile", f"web: {sys.executable} daemon.py\n")
    run = sandbox.start("run", AMQP_URL="embedded", KAFKA_BROKERS="embedded")
    run.await_file("daemon")
    return run


def everything(run: Run) -> set[int]:
    """Give what the run started: PostgreSQL, Valkey, RabbitMQ, its epmd, Tansu, the process, its daemon."""
    names = dict[int, str]()
    for pid in descendants(run.process.pid):
        with suppress(FileNotFoundError, ProcessLookupError):  # some live for a moment only, as RabbitMQ's do
            names[pid] = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    assert {"postgres", "valkey-server", "epmd", "tansu"} <= set(names.values()), names
    assert int(run.await_file("daemon")) in names
    return set(names)


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_takes_everything_down(run: Run, signum: signal.Signals) -> None:
    pids = everything(run)
    code, _, errors = run.end(signum)
    assert code == 128 + signum
    assert f"interrupted by {signum.name}: taking everything down" in errors
    assert not alive(pids)


def test_kill_9_of_the_tool_takes_everything_down(run: Run) -> None:
    pids = everything(run)
    assert run.end(signal.SIGKILL)[0] == -signal.SIGKILL
    assert wait_for(lambda: not alive(pids)), alive(pids)


def test_kill_9_of_the_keeper_takes_everything_down(run: Run) -> None:
    pids = everything(run)
    os.kill(run.keeper, signal.SIGKILL)
    assert run.result()[0] == 128 + signal.SIGKILL
    assert not alive(pids)


def test_kill_9_of_both_takes_all_but_daemons_down(run: Run) -> None:
    pids = everything(run)
    daemon = int(run.await_file("daemon"))
    keeper = run.keeper
    os.kill(keeper, signal.SIGSTOP)  # it must not get to clean up between the two
    os.kill(run.process.pid, signal.SIGKILL)
    os.kill(keeper, signal.SIGKILL)
    run.process.wait()
    assert wait_for(lambda: alive(pids) <= {daemon}), alive(pids)
    os.kill(daemon, signal.SIGKILL)


def test_processes_may_end_in_order(sandbox: Sandbox) -> None:
    sandbox.write(
        "worker.py",
        """
import os, pathlib, signal, subprocess, sys, time, psycopg2
child = subprocess.Popen(["sleep", "600"])
def end(*_):
    psycopg2.connect(os.environ["DATABASE_URL"]).close()
    pathlib.Path("ended").write_text(f"database there, own child {child.poll()}")
    child.terminate()
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
pathlib.Path("up").write_text("up")
while True:
    time.sleep(1)
""",
    )
    sandbox.write("Procfile", f"worker: {sys.executable} worker.py\n")
    run = sandbox.start("run")
    run.await_file("up")
    pids = descendants(run.process.pid)
    assert run.end()[0] == 143
    assert run.await_file("ended") == "database there, own child None"
    assert not alive(pids)


def test_a_second_signal_is_for_the_impatient(sandbox: Sandbox) -> None:
    sandbox.write("Procfile", "web: trap '' TERM; echo > up; while :; do sleep 0.05; done\n")
    run = sandbox.start("run", DATABASE_URL="", REDIS_URL="")
    run.await_file("up")
    pids = descendants(run.process.pid)
    started = time.monotonic()
    run.process.send_signal(signal.SIGINT)
    assert run.process.stderr is not None
    assert any("taking everything down" in line for line in run.process.stderr)
    assert run.end(signal.SIGINT)[0] == 130
    assert time.monotonic() - started < 8, "its grace would have been 10 s"
    assert not alive(pids)


def test_a_terminal_that_is_gone_keeps_nothing_alive(sandbox: Sandbox) -> None:
    sandbox.write("Procfile", "web: echo > up; while :; do echo a line; sleep 0.01; done\n")
    run = sandbox.start("run", DATABASE_URL="")
    run.await_file("up")
    pids = descendants(run.process.pid)
    assert run.process.stdout is not None and run.process.stderr is not None
    run.process.stdout.close()
    run.process.stderr.close()
    run.process.terminate()
    assert run.process.wait(30) == 143
    assert not alive(pids)
