"""The demo, as a newcomer meets it: it comes up, sells something, and Ctrl-C leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis

from tests.conftest import ADDRESSES, wait_for

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 90  # seconds, on a busy machine


class Site:
    """The running demo, and what run.json says of it."""

    def __init__(self, process: subprocess.Popen[str], facts: dict[str, Any]) -> None:
        self.process = process
        self.facts = facts
        self.token = ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send JSON, and return the status and the decoded answer."""
        request = urllib.request.Request(self.facts["web"] + path, method=method)
        request.add_header("Accept", "application/json")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"null")

    def log_in(self, role: str) -> None:
        """Take a token for one of the demo's log-ins."""
        login = next(each for each in self.facts["logins"] if each["role"] == role)
        credentials = {"email": login["email"], "password": login["password"]}
        status, answer = self.call("POST", "/api/v1/auth/token/", credentials)
        assert status == 200, answer
        self.token = answer["access"]


def processes_below(folder: Path) -> set[str]:
    """Return the command lines of the processes that were started for this folder."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            environment = (entry / "environ").read_bytes()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        if f"STACKYARD_TEST_RUN={folder}".encode() in environment and command:
            found.add(command)
    return found


@pytest.fixture(scope="module", name="project")
def make_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the default answers, which has its packages from the template."""
    return made(tmp_path_factory.mktemp("made") / "shop", "--defaults")


def made(project: Path, *answers: str) -> Path:
    subprocess.run([ROOT / ".venv/bin/stackyard", "new", project, *answers], check=True)
    (project / ".venv").symlink_to(ROOT / "template" / ".venv")
    return project


@contextmanager
def demo(project: Path, folder: Path) -> Iterator[Site]:
    """Run a project's demo with a working folder of its own, as from a terminal, and end it by Ctrl-C."""
    environment = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            [ROOT / ".venv/bin/stackyard", "demo", "--project", project],
            cwd=folder,
            env=environment | {"STACKYARD_TEST_RUN": str(folder)},
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    record = folder / ".stackyard" / "run.json"
    try:
        wait_for(lambda: record.exists() or process.poll() is not None, seconds=DEADLINE)
        assert record.exists(), (folder / "output").read_text()
        yield Site(process, json.loads(record.read_text()))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=DEADLINE)


@pytest.fixture(scope="module", name="site")
def run_demo(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with demo(project, tmp_path_factory.mktemp("demo")) as running:
        yield running


def test_an_order_is_placed_paid_and_listed(site: Site) -> None:
    site.log_in("customer")
    status, products = site.call("GET", "/api/v1/products/?in_stock=true")
    assert status == 200
    product = products["results"][0]
    order = {"lines": [{"product": product["slug"], "quantity": 1}]}
    status, placed = site.call("POST", "/api/v1/orders/", order, Idempotency_Key=os.urandom(8).hex())
    assert status == 201, placed
    assert placed["total"] == product["price"]
    status, paid = site.call("POST", f"/api/v1/orders/{placed['id']}/pay/")
    assert (status, paid["status"]) == (200, "paid")
    status, listed = site.call("GET", "/api/v1/orders/")
    assert status == 200
    assert {"id": placed["id"], "status": "paid"}.items() <= listed["results"][0].items()


def test_the_demo_is_ready_and_says_where_everything_is(site: Site) -> None:
    status, _ = site.call("GET", "/health/ready")
    assert status == 200
    assert {"web", "database", "redis", "logins"} <= site.facts.keys()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", site.facts["web"])
    with psycopg2.connect(site.facts["database"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalog_product")
        row = cursor.fetchone()
    assert row and row[0] > 0
    connection.close()
    with redis.Redis.from_url(site.facts["redis"]) as client:
        assert client.ping()


@pytest.mark.parametrize("path", ["/", "/api/docs/", "/api/redoc/", "/admin/login/", "/accounts/login/"])
def test_the_pages_answer(site: Site, path: str) -> None:
    with urllib.request.urlopen(site.facts["web"] + path, timeout=30) as answer:
        assert answer.status == 200
        assert b"</html>" in answer.read()


def test_two_demos_at_once_have_their_own_ports_and_ctrl_c_leaves_no_orphan(
    site: Site, tmp_path: Path
) -> None:
    smaller = made(tmp_path / "smaller", "--defaults", "--data=events=no")  # and half the processes
    with demo(smaller, tmp_path) as second:
        for name in ("web", "database", "redis"):
            assert second.facts[name] != site.facts[name]
        assert second.call("GET", "/health/ready")[0] == 200
        assert site.call("GET", "/health/ready")[0] == 200
        assert processes_below(tmp_path)
    assert second.process.returncode == 128 + signal.SIGINT
    assert processes_below(tmp_path) == set()
    assert not (tmp_path / ".stackyard" / "run.json").exists()
    assert site.call("GET", "/health/ready")[0] == 200
