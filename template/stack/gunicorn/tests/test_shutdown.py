"""Requests in flight survive SIGTERM, in every mode that the server has."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import SECONDS, gunicorn, wait_until

IN_FLIGHT = 200


@dataclass(frozen=True)
class Mode:
    """A way to serve, with room for a number of requests at once."""

    application: str
    path: str
    workers: int
    arguments: tuple[str, ...]
    at_once: int = IN_FLIGHT


MODES = {
    "gthread": Mode("wsgi", "/slow/", 2, (f"--threads={IN_FLIGHT}",)),
    "uvicorn": Mode("asgi", "/slow-async/", 2, ("--worker-class=uvicorn_worker.UvicornWorker",)),
    # A sync worker serves one request at a time: rounds of processes, forked after the import.
    "sync": Mode("wsgi", "/slow/", 50, ("--threads=1", "--worker-class=sync", "--preload"), at_once=50),
}


async def ask(port: int, path: str) -> bytes:
    """Return the whole answer, or nothing when the server hung up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def serve_and_terminate(mode: Mode, folder: Path) -> list[bytes]:
    """Have as many requests in flight as the mode holds, end the server, and return the answers.

    Each worker must leave in order: what exports traces and errors sends the last ones at a process's exit.
    """
    accepted, left, gate = folder / "accepted", folder / "left", folder / "gate"
    accepted.touch()
    left.touch()
    os.mkfifo(gate)
    variables = {"ENVIRONMENT": "test", "ACCEPTED": str(accepted), "LEFT": str(left), "GATE": str(gate)}
    target = f"stack.gunicorn.tests.slow:{mode.application}"
    log = folder / "log"
    with gunicorn(log, f"--workers={mode.workers}", *mode.arguments, target, **variables) as (master, port):

        async def in_flight() -> list[bytes]:
            requests = [asyncio.create_task(ask(port, mode.path)) for _ in range(mode.at_once)]
            await asyncio.to_thread(wait_until, lambda: accepted.stat().st_size == mode.at_once)
            # Nobody is through before all are there. Else a sync worker could take two requests, and one be
            # left that is only just forked: what gunicorn sends such a one is lost.
            with gate.open("r+b", buffering=0):
                master.terminate()
                return await asyncio.gather(*requests)

        answers = asyncio.run(in_flight())
        assert master.wait(SECONDS) == 0, log.read_text()
        with_the_master = mode.workers + ("--preload" in mode.arguments)  # which has loaded the module, too
        assert left.stat().st_size == with_the_master, log.read_text()
        return answers


@pytest.mark.parametrize(
    "mode",
    [
        pytest.param("gthread", marks=pytest.mark.proves("gunicorn")),
        pytest.param("sync", marks=pytest.mark.proves("gunicorn")),
        pytest.param("uvicorn", marks=pytest.mark.proves("uvicorn")),
    ],
)
def test_requests_in_flight_survive_sigterm(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A hundred processes that each note which lines they ran would do little else.
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    # That is two hundred processes, most of a minute of a processor: one round of them does, outside of CI.
    wanted = IN_FLIGHT if mode != "sync" or os.environ.get("CI") else MODES[mode].at_once
    answers: list[bytes] = []
    while len(answers) < wanted:
        folder = tmp_path / str(len(answers))
        folder.mkdir()
        answers += serve_and_terminate(MODES[mode], folder)
    failed = [
        answer for answer in answers if not (answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"done"))
    ]
    assert len(answers) == wanted
    assert failed == []
