"""Releases: replicas are replaced without a failed request, tables are migrated under traffic."""

from __future__ import annotations

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
from tests.docker.stack import Stack

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


@pytest.fixture(name="slow")
def fixture_slow(production: Stack) -> Iterator[Stack]:
    """The stack with an address that takes 3 s, in enough threads for all requests."""
    (production.folder / "slow.py").write_text(SLOW, encoding="utf-8")
    override = production.folder / "slow.yml"
    override.write_text(
        json.dumps(
            {
                "services": {
                    "web": {
                        "command": ["gunicorn", "-c", "stack/gunicorn/conf.py", "slow:application"],
                        "volumes": ["./slow.py:/app/slow.py:ro"],
                        "environment": {"WEB_THREADS": "60", "WEB_CONCURRENCY": "2"},
                    }
                }
            }
        ),
        encoding="utf-8",
    )
    production.overrides.append(override)
    production.compose("up", "--detach", "--wait", "web")
    yield production
    production.overrides.remove(override)
    production.compose("up", "--detach", "--wait", "web")


def test_no_request_fails_while_replicas_are_replaced(slow: Stack) -> None:
    before = {each["Id"] for each in slow.containers("web")}
    outcomes = Counter[object]()
    ended = threading.Event()

    def ask(number: int) -> None:
        """Ask again and again until all replicas are new; a third by POST, which is not sent twice."""
        while True:
            try:
                if number % 3:
                    status, _, body = request(slow, "/slow")
                else:
                    status, _, body = request(slow, "/slow", method="POST", body=b"body")
                outcomes[status if body.startswith(b"slow ") else body[:100]] += 1
            except OSError as error:
                outcomes[repr(error)] += 1
            if ended.is_set():
                return

    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        asking = [pool.submit(ask, number) for number in range(IN_FLIGHT)]
        try:
            rolled = subprocess.run(
                [slow.folder / "deploy" / "roll", "web"],
                capture_output=True,
                text=True,
                check=False,
                timeout=400,
                env={**os.environ, **slow.environment},
            )
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
    (slow.folder / "slow.py").rename(slow.folder / "kept.py")
    (slow.folder / "slow.py").write_text("raise SystemExit('broken')\n", encoding="utf-8")
    before = {each["Id"] for each in slow.containers("web")}
    rolled = subprocess.run(
        [slow.folder / "deploy" / "roll", "web"],
        capture_output=True, text=True, check=False, timeout=400, env={**os.environ, **slow.environment},
    )  # fmt: skip
    (slow.folder / "kept.py").replace(slow.folder / "slow.py")

    assert rolled.returncode == 1
    assert "broken" in rolled.stderr and "go on as they were" in rolled.stderr
    assert {each["Id"] for each in slow.containers("web")} == before
    assert request(slow, "/")[0] == 200


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
