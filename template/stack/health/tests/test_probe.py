"""The command that a container's health check runs."""

import subprocess

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.processes import ended, free_port


def ask(port: int | str, *words: str) -> subprocess.CompletedProcess[str]:
    return ended("python", "-m", "stack.health.probe", *words, PORT=str(port))


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
