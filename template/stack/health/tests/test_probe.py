"""The command that a container's health check runs."""

import subprocess
import sys

import pytest
from pytest_django.live_server_helper import LiveServer

from stack.environment import BASE_DIR
from tests.processes import SECONDS, environment, free_port


def ask(port: int | str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stack.health.probe", *words],
        cwd=BASE_DIR,
        env=environment(PORT=str(port)),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize("words", [[], ["live"], ["ready"]])
def test_a_server_that_is_well_is_said_to_be(live_server: LiveServer, words: list[str]) -> None:
    done = ask(live_server.url.rpartition(":")[2], *words)
    assert (done.returncode, done.stderr) == (0, "")


def test_another_answer_is_passed_on(live_server: LiveServer) -> None:
    done = ask(live_server.url.rpartition(":")[2], "nonsense")
    assert done.returncode == 1
    assert done.stderr.startswith("404: ")


def test_no_answer_is_told_with_the_port() -> None:
    port = free_port()
    done = ask(port)
    assert done.returncode == 1
    assert f"no answer from port {port}" in done.stderr
