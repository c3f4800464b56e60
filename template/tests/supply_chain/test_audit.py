"""A known hole in a locked package is told of; the database is one of ours that speaks OSV's protocol."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from stack.environment import BASE_DIR
from tests.servers import listening

HOLE = {
    "id": "PYSEC-2026-1",
    "details": "Anybody gets in.",
    "affected": [
        {
            "package": {"name": "leaky", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
        }
    ],
}
LOCK = """\
[[package]]
name = "{name}"
version = "1.0"
groups = ["main"]
files = [{{file = "a-1.whl", hash = "sha256:0123"}}]
"""


class Database(BaseHTTPRequestHandler):
    """Knows of one hole."""

    def do_POST(self) -> None:  # pylint: disable=invalid-name
        """Answer whether there is one in a package."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = asked == {"package": {"name": "leaky", "ecosystem": "PyPI"}, "version": "1.0"}
        body = json.dumps({"vulns": [HOLE]} if known else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(name="database")
def _database() -> Iterator[str]:
    """The address of a database."""
    with listening(Database) as address:
        yield f"{address}/v1/query"


def audit(lock: Path, database: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.supply_chain.audit", "--lock", str(lock)]
    service = ["--vulnerability-service", "osv", "--osv-url", database, "--cache-dir", str(lock.parent)]
    return subprocess.run(
        [*command, *service, *options], cwd=BASE_DIR, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [("leaky", [], 1), ("leaky", ["--ignore-vuln=PYSEC-2026-1"], 0), ("tight", [], 0)],
    ids=["known", "ignored", "unknown"],
)
def test_a_lock_with_a_hole_fails(
    tmp_path: Path, database: str, name: str, options: list[str], code: int
) -> None:
    lock = tmp_path / "poetry.lock"
    lock.write_text(LOCK.format(name=name))

    done = audit(lock, database, *options)

    assert done.returncode == code, done.stdout + done.stderr
    assert ("PYSEC-2026-1" in done.stdout) is (code == 1)


def test_a_database_that_does_not_answer_is_no_all_clear(tmp_path: Path) -> None:
    lock = tmp_path / "poetry.lock"
    lock.write_text(LOCK.format(name="tight"))

    assert audit(lock, "http://127.0.0.1:1/v1/query").returncode != 0
