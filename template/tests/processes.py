"""Real processes of the project, for tests: a server, a worker, a command."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from stack.environment import BASE_DIR

BIN = Path(sys.executable).parent
SECONDS = 60
"""What a process gets to start, to answer or to end; far more than it needs."""

PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "x9-K_2vB7.qW4~nR8zT1mY6cU3aP5sD0fG-hJ_lE9iO2bN7vM4xx",
    "JWT_SIGNING_KEY": "MC4CAQAwBQYDK2VwBCIEIDEzl2DCKUHjjg2eFIAsB9dm01i40E/LFBBzIuqW9II6",
    "ALLOWED_HOSTS": "localhost",
    "AMQP_URL": os.environ.get("AMQP_URL") or "amqp://app:unused@127.0.0.1:1/app",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "Somebody <somebody@example.com>",
}
"""What production asks for, next to the addresses of its services."""


def wait_until[T](state: Callable[[], T], seconds: float = SECONDS) -> T:
    """Return the state as soon as it is true, or fail with its last value."""
    deadline = time.monotonic() + seconds
    while not (value := state()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} s"
        time.sleep(0.05)
    return value


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """Return the address of this test's own database, for a process to use it."""
    own = connection.settings_dict
    return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


def environment(**variables: str) -> dict[str, str]:
    """Return this process's environment with these variables, and without what pytest put in it.

    As in the image, what a process writes is there at once: tests wait for it.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return inherited | {"PYTHONUNBUFFERED": "1"} | variables


def ended(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the project's environment to its end.

    Args:
        command: The program, by its name in the environment's bin folder, and its arguments.
        variables: Environment variables.

    Returns:
        How it ended, and what it wrote.
    """
    return subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=BASE_DIR,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@contextmanager
def running(command: list[str], output: Path, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of the project's environment, and end it afterwards.

    Args:
        command: The program, by its name in the environment's bin folder, and its arguments.
        output: The file that gets what it writes, on both streams.
        variables: Environment variables.

    Yields:
        The process.
    """
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [BIN / command[0], *command[1:]],
            cwd=BASE_DIR,
            env=environment(**variables),
            stdout=stream,
            stderr=stream,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise


def wait_for_answer(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    """Wait until the server answers anything, or fail with what it wrote when it ends before."""

    def answers() -> bool:
        assert process.poll() is None, output.read_text()
        try:
            get(port, "/")
        except OSError:
            return False
        return True

    wait_until(answers)


@contextmanager
def gunicorn(
    output: Path, *arguments: str, **variables: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run the web server as its Procfile line does, and wait until it answers.

    It has one worker, unless it is told otherwise: each loads the project by itself.

    Yields:
        The master's process, and the port.
    """
    port = free_port()
    variables = {"WEB_CONCURRENCY": "1"} | variables
    command = ["gunicorn", "-c", "stack/gunicorn/conf.py", *arguments]
    with running(command, output, PORT=str(port), **variables) as process:
        wait_for_answer(process, port, output)
        yield process, port


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask a local server, as a proxy that ends TLS would.

    Returns:
        The status, the headers with lower-case names, and the body.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        sent = {"Host": "localhost", "X-Forwarded-Proto": "https"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body = answer.read().decode()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
    finally:
        connection.close()
