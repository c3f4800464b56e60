"""Releases: replicas are replaced without a failed request, tables are migrated under traffic."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.docker.https import request
from tests.docker.stack import Stack, docker
from tests.docker.websocket import echoed

pytestmark = [pytest.mark.docker, pytest.mark.proves("nginx", "gunicorn")]

IN_FLIGHT = 200
SLOW = """
import time
from config.wsgi import application as project

def application(environ, start_response):
    if environ["PATH_INFO"] != "/slow":
        return project(environ, start_response)
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    time.sleep(3)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"slow " + body]
"""
"""The project, and an address that takes 3 s."""


ECHO = """
from config.asgi import application as project

async def application(scope, receive, send):
    if scope["type"] != "websocket":
        return await project(scope, receive, send)
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": event["text"].upper()})
"""
"""The project, and WebSockets that shout back."""


@contextlib.contextmanager
def replaced(stack: Stack, service: str, code: str, **changes: object) -> Iterator[Stack]:
    """Run a service with an application of the tests' own in place of the project's."""
    (stack.folder / "own.py").write_text(code, encoding="utf-8")
    override = stack.folder / "own.yml"
    changes |= {"volumes": ["./own.py:/app/own.py:ro"]}
    override.write_text(json.dumps({"services": {service: changes}}), encoding="utf-8")
    stack.overrides.append(override)
    stack.compose("up", "--detach", "--wait", service)
    try:
        yield stack
    finally:
        stack.overrides.remove(override)
        stack.compose("up", "--detach", "--wait", service)


@pytest.fixture(name="slow")
def fixture_slow(production: Stack) -> Iterator[Stack]:
    """The stack with an address that takes 3 s, in enough threads for all requests."""
    command = ["gunicorn", "-c", "stack/gunicorn/conf.py", "own:application"]
    environment = {"WEB_THREADS": "60", "WEB_CONCURRENCY": "2"}
    with replaced(production, "web", SLOW, command=command, environment=environment) as stack:
        yield stack


@pytest.fixture(name="shouting")
def fixture_shouting(production: Stack) -> Iterator[Stack]:
    """The stack with WebSockets that answer."""
    command = [
        "gunicorn",
        "-c",
        "stack/gunicorn/conf.py",
        "-k",
        "uvicorn_worker.UvicornWorker",
        "own:application",
    ]
    with replaced(production, "asgi", ECHO, command=command) as stack:
        yield stack


def roll(stack: Stack, service: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Replace a service's replicas by the shipped command."""
    return subprocess.run(
        [stack.folder / "deploy" / "roll", service],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
        env={**os.environ, **stack.environment, **variables},
    )


def test_no_request_fails_while_replicas_are_replaced(slow: Stack) -> None:
    before = {each["Id"] for each in slow.containers("web")}
    outcomes = Counter[object]()
    ended = threading.Event()

    def ask(number: int) -> None:
        """Ask again and again until all replicas are new; a third by POST, which is not sent twice."""
        while True:
            began = time.monotonic()
            try:
                if number % 3:
                    status, _, body = request(slow, "/slow")
                else:
                    status, _, body = request(slow, "/slow", method="POST", body=b"body")
                outcomes[status if body.startswith(b"slow ") else body[:100]] += 1
            except OSError as error:
                outcomes[f"{error!r} after {time.monotonic() - began:.1f} s"] += 1
            if ended.is_set():
                return

    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        asking = [pool.submit(ask, number) for number in range(IN_FLIGHT)]
        try:
            rolled = roll(slow, "web")
        finally:
            ended.set()
        for each in asking:
            each.result()
    print(outcomes, rolled.stdout)
    assert rolled.returncode == 0, rolled.stderr
    after = {each["Id"] for each in slow.containers("web")}
    assert len(after) == len(before) and not after & before
    assert outcomes.keys() == {200}, outcomes
    assert outcomes[200] >= IN_FLIGHT


def test_a_bad_successor_is_removed_and_the_old_ones_go_on(slow: Stack) -> None:
    (slow.folder / "own.py").rename(slow.folder / "kept.py")
    (slow.folder / "own.py").write_text("raise SystemExit('broken')\n", encoding="utf-8")
    before = {each["Id"] for each in slow.containers("web")}
    rolled = roll(slow, "web")
    (slow.folder / "kept.py").replace(slow.folder / "own.py")

    assert rolled.returncode == 1
    assert "broken" in rolled.stderr and "go on as they were" in rolled.stderr
    assert {each["Id"] for each in slow.containers("web")} == before
    assert request(slow, "/")[0] == 200


def test_a_successor_that_is_alive_and_can_not_serve_is_removed(production: Stack) -> None:
    """Such as one with a wrong address, or of a release whose migrations were forgotten."""
    before = {each["Id"] for each in production.containers("web")}
    override = production.folder / "wrong.yml"
    wrong = {"environment": {"DATABASE_URL": "postgres://app:none@nowhere:5432/app"}}
    override.write_text(json.dumps({"services": {"web": wrong}}), encoding="utf-8")
    production.overrides.append(override)
    try:
        rolled = roll(production, "web", PATIENCE="20")
    finally:
        production.overrides.remove(override)

    assert rolled.returncode == 1
    assert "the successor is unready" in rolled.stderr and "postgresql" in rolled.stderr, rolled.stderr
    assert {each["Id"] for each in production.containers("web")} == before
    assert request(production, "/")[0] == 200


def test_somebodys_own_container_of_the_service_is_left_alone(production: Stack) -> None:
    name = f"{production.name}-shell"
    production.compose("run", "--detach", "--no-deps", f"--name={name}", "web", "sleep", "600")
    try:
        rolled = roll(production, "web")
        assert rolled.returncode == 0, rolled.stderr
        assert docker("inspect", "--format={{.State.Status}}", name).strip() == "running"
        assert len(production.containers("web")) == 2 + 1
    finally:
        docker("rm", "--force", name)


@pytest.mark.proves("uvicorn")
def test_websockets_pass_and_their_server_is_replaced(shouting: Stack) -> None:
    before = {each["Id"] for each in shouting.containers("asgi")}
    assert echoed(shouting, "/ws/anything", "hello") == "HELLO"
    rolled = roll(shouting, "asgi")
    assert rolled.returncode == 0, rolled.stderr
    assert not before & {each["Id"] for each in shouting.containers("asgi")}
    assert echoed(shouting, "/ws/anything", "again") == "AGAIN"


def test_a_migration_that_waits_for_a_lock_holds_up_no_traffic(production: Stack) -> None:
    """A transaction holds a table for a minute; a migration wants to change it; reads of it go on."""
    migration = production.folder / "9999_slow.py"
    latest = sorted(path.stem for path in (production.folder / "apps/catalog/migrations").glob("0*.py"))[-1]
    migration.write_text(
        "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
        f'    dependencies = [("catalog", "{latest}")]\n'
        '    operations = [migrations.RunSQL("ALTER TABLE catalog_product ADD COLUMN added integer", '
        '"ALTER TABLE catalog_product DROP COLUMN added")]\n',
        encoding="utf-8",
    )
    db = production.containers("db")[0]["Id"]
    holder = subprocess.Popen(  # pylint: disable=consider-using-with
        ["docker", "exec", db, "psql", "-U", "app", "-d", "app", "-c",
         "BEGIN; SELECT count(*) FROM catalog_product; SELECT pg_sleep(40); COMMIT"],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    migrating = subprocess.Popen(  # pylint: disable=consider-using-with
        [
            "docker",
            "compose",
            "run",
            "--rm",
            "-T",
            "--no-deps",
            "--volume",
            f"{migration}:/app/apps/catalog/migrations/9999_slow.py:ro",
            "migrate",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **production.environment},
    )
    outcomes, slowest, started = Counter[int](), 0.0, time.monotonic()
    while time.monotonic() - started < 60 or (migrating.poll() is None and time.monotonic() - started < 150):
        began = time.monotonic()
        outcomes[request(production, "/api/v1/products/")[0]] += 1
        slowest = max(slowest, time.monotonic() - began)
    holder.wait(60)
    said = migrating.communicate(timeout=60)[0]
    print(outcomes, f"slowest {slowest:.2f} s")
    assert migrating.returncode == 0, said
    assert "waits for a lock" in said
    assert "catalog.9999_slow... OK" in said.replace("Applying ", "")
    assert outcomes.keys() == {200}, outcomes
    assert slowest < 2 + 2  # the lock's time-out, and room for a busy machine
