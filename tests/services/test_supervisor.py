"""Children: their lines, their ends, and how they are ended."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.services import supervisor as module
from stackyard.services.guard import Keeper
from stackyard.services.process import Process
from stackyard.services.supervisor import Supervisor
from tests.conftest import alive, wait_for


class Children:
    """Children by shell, and the lines that they wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[tuple[str, str]] = []
        self.supervisor = Supervisor(lambda name, text: self.lines.append((name, text)))

    def start(self, script: str, name: str = "child") -> Process:
        return self.supervisor.spawn(name, ["/bin/sh", "-c", script], env=os.environ, cwd=self.folder)

    def run(self, script: str) -> Process:
        child = self.start(script)
        assert self.supervisor.wait(lambda: child.has_ended, seconds=20)
        return child

    def await_file(self, name: str) -> str:
        path = self.folder / name
        assert self.supervisor.wait(lambda: path.exists() and bool(path.read_text()), every=0.02, seconds=20)
        return path.read_text(encoding="utf-8").strip()


@pytest.fixture(name="children")
def fixture_children(tmp_path: Path) -> Iterator[Children]:
    children = Children(tmp_path)
    with children.supervisor:
        yield children


def test_lines_come_whole_and_without_their_ends(children: Children) -> None:
    child = children.run(r"printf 'a\r\nb'; sleep 0.1; printf 'c\n\nlast'")
    assert [text for _, text in children.lines] == ["a", "bc", "", "last"]
    assert child.last_lines == ["a", "bc", "", "last"]


def test_bytes_that_are_no_text_and_lines_without_end(children: Children) -> None:
    children.run(r"printf '\377\n'; head -c 200000 /dev/zero | tr '\0' x")
    first, *parts = [text for _, text in children.lines]
    assert first == "\ufffd"
    assert "".join(parts) == "x" * 200_000 and len(parts) > 1


def test_a_daemon_that_keeps_the_pipe_does_not_keep_the_end_back(children: Children) -> None:
    child = children.run("sleep 30 & printf unended; exit 3")
    assert (child.exit_code, child.ending, child.last_lines) == (3, "exited with code 3", ["unended"])


def test_waiting_has_a_deadline(children: Children) -> None:
    assert not children.supervisor.wait(lambda: False, every=0.01, seconds=0.05)


def test_who_ignores_the_signal_is_killed_with_its_group(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_GRACE_SECONDS", 0.2)
    child = children.start("trap '' TERM; sleep 60 & echo $! > member; wait")
    member = int(children.await_file("member"))
    children.supervisor.stop(child)
    assert child.ending == "was killed by SIGKILL"
    assert wait_for(lambda: not alive({member}))


def test_members_of_the_group_that_outlive_the_leader_are_asked_too(children: Children) -> None:
    member = f"{sys.executable} -c '{MEMBER}'"
    child = children.start(f"{member} & while [ ! -e up ]; do sleep 0.01; done; echo > ready; wait")
    children.await_file("ready")
    children.supervisor.stop(child)
    assert children.await_file("asked") == "15"


MEMBER = """
import pathlib, signal, sys, time
def end(signum, _):
    pathlib.Path("asked").write_text(str(signum))
    sys.exit()
signal.signal(signal.SIGTERM, end)
pathlib.Path("up").write_text("up")
time.sleep(60)
"""


def test_the_last_started_is_stopped_first(tmp_path: Path) -> None:
    children = Children(tmp_path)
    script = "trap 'echo ended; exit' TERM; echo up; while :; do sleep 0.02; done"
    with children.supervisor:
        children.start(script, "first")
        children.start(script, "second")
        assert children.supervisor.wait(lambda: len(children.lines) == 2, seconds=20)
    assert children.lines[2:] == [("second", "ended"), ("first", "ended")]


def test_impatience_does_not_wait(tmp_path: Path) -> None:
    lines: list[str] = []
    keeper = Keeper(0, 0)
    with Supervisor(lambda _, text: lines.append(text), keeper) as supervisor:
        script = "trap '' TERM; echo up; sleep 60"
        child = supervisor.spawn("c", ["/bin/sh", "-c", script], env=os.environ, cwd=tmp_path)
        assert supervisor.wait(lambda: bool(lines), seconds=20)
        keeper.impatient = True
        started = time.monotonic()
    assert time.monotonic() - started < 5
    assert child.exit_code == 128 + signal.SIGKILL


def test_output_to_a_file_is_for_its_owner(children: Children) -> None:
    log = children.folder / "child.log"
    child = children.supervisor.spawn("c", ["/bin/echo", "hello"], env={}, cwd=children.folder, log=log)
    assert children.supervisor.wait(lambda: child.has_ended, seconds=20)
    assert child.last_lines == ["hello"] and not children.lines
    assert log.stat().st_mode & 0o777 == 0o600
