"""`stackyard run`: the processes of a Procfile."""

from __future__ import annotations

import os
import signal
import sys

from tests.conftest import Run, Sandbox, descendants, wait_for

NO_SERVICES = {"DATABASE_URL": "", "REDIS_URL": ""}


def test_each_line_tells_whose_it_is(sandbox: Sandbox) -> None:
    web = "web: echo [red]hello $PORT; echo > web-up; exec sleep 600"
    beat = "beat: echo tick; echo > beat-up; exec sleep 600"
    sandbox.write("Procfile", f"# all\n\n{web}\n{beat}\n")
    run = sandbox.start("run", PORT="8123", **NO_SERVICES)
    run.await_file("web-up")
    run.await_file("beat-up")
    code, output, errors = run.end(signal.SIGINT)
    assert code == 130
    assert sorted(output.splitlines()) == ["beat      | tick", "web       | [red]hello 8123"]
    assert "web goes to http://127.0.0.1:8123/" in errors


def test_a_process_that_ends_is_named_with_its_last_lines(sandbox: Sandbox) -> None:
    worker = "worker: for n in 1 2 3; do echo line $n; done; printf unended; exit 4"
    sandbox.write("Procfile", f"web: exec sleep 600\n{worker}\n")
    code, output, errors = sandbox.run("run", **NO_SERVICES)
    assert code == 4
    assert "worker exited with code 4: taking everything down." in errors
    last = [line.partition("| ")[2] for line in errors.splitlines()[-4:]]
    assert last == ["line 1", "line 2", "line 3", "unended"]
    assert output.count("worker    | line") == 3


def test_a_process_that_is_killed_is_named_with_the_signal(sandbox: Sandbox) -> None:
    sandbox.write("Procfile", "web: kill -SEGV $$\n")
    code, _, errors = sandbox.run("run", **NO_SERVICES)
    assert code == 128 + signal.SIGSEGV
    assert "web was killed by SIGSEGV" in errors


def test_a_service_that_dies_is_named(sandbox: Sandbox) -> None:
    sandbox.write("Procfile", "web: echo > up; exec sleep 600\n")
    run = sandbox.start("run", DATABASE_URL="")
    run.await_file("up")
    (valkey,) = (pid for pid in descendants(run.process.pid) if is_named(pid, "valkey-server"))
    os.kill(valkey, signal.SIGKILL)
    code, _, errors = run.result()
    assert code == 137
    assert "valkey was killed by SIGKILL" in errors and "Ready to accept connections" in errors


def test_programs_of_the_virtual_environment_are_found(sandbox: Sandbox) -> None:
    sandbox.write("Procfile", "web: python -c 'import sys; print(sys.executable)'\n")
    code, output, _ = sandbox.run("run", **NO_SERVICES)
    assert (code, output) == (0, f"web       | {sandbox.folder}/.venv/bin/python\n")


def test_two_runs_at_once_serve_on_ports_of_their_own(sandbox: Sandbox) -> None:
    sandbox.write("server.py", SERVER)
    sandbox.write("Procfile", f"web: {sys.executable} server.py\n")
    runs: list[Run] = [sandbox.start("run") for _ in range(2)]
    assert wait_for(lambda: len(list(sandbox.folder.glob("serving-*"))) == 2)
    ports = {path.name for path in sandbox.folder.glob("serving-*")}
    assert len(ports) == 2
    assert [run.end()[0] for run in runs] == [143, 143]


SERVER = """
import http.server, os, pathlib
server = http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler)
pathlib.Path("serving-" + os.environ["PORT"]).write_text("")
server.serve_forever()
"""


def is_named(pid: int, name: str) -> bool:
    with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
        return file.read().strip() == name


def test_what_a_project_lacks_is_said(sandbox: Sandbox) -> None:
    code, _, errors = sandbox.run("run")
    assert code == 2 and "no Procfile" in errors and str(sandbox.folder / "Procfile") in errors
    sandbox.write("Procfile", "web: true\n")
    (sandbox.folder / ".venv" / "bin").rename(sandbox.folder / ".venv" / "elsewhere")
    code, _, errors = sandbox.run("run")
    assert code == 2 and "no .venv" in errors and "poetry install" in errors
    assert "Traceback" not in errors
