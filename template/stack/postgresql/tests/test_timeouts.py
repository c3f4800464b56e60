"""What takes the database too long is cut off, by real servers, and no fault of ours."""

import json
from pathlib import Path

import pytest
from django.db import connection

from stack.postgresql.tests.limits import LIMITS, LOCK
from tests.processes import PRODUCTION, database_url, get, gunicorn

MODULE = "stack.postgresql.tests.slow"
SERVERS = {"wsgi": [f"{MODULE}:wsgi"], "asgi": ["-k", "uvicorn_worker.UvicornWorker", f"{MODULE}:asgi"]}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("server", SERVERS)
def test_a_request_that_takes_too_long_is_cut_off_and_may_be_tried_again(server: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    variables = {f"DATABASE_{limit}_TIMEOUT": "300ms" for limit in ("LOCK", "IDLE")}
    variables |= PRODUCTION | {"DATABASE_URL": database_url(), "DATABASE_STATEMENT_TIMEOUT": "600ms"}
    with connection.cursor() as cursor, gunicorn(log, *SERVERS[server], **variables) as (_, port):
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        for what in ("statement", "lock"):
            status, headers, body = get(port, f"/api/slow/{what}/")
            assert (status, json.loads(body)["code"], headers["retry-after"]) == (503, "timeout", "1"), what
            assert headers["content-type"] == "application/problem+json"
            status, headers, body = get(port, f"/slow/{what}/", Accept="text/html")
            assert (status, headers["retry-after"]) == (503, "1"), what
            assert "Not possible for the moment" in body
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        assert get(port, "/slow/lock/")[0] == 200
        assert "Traceback" not in log.read_text()
        assert get(port, "/slow/idle/")[0] == 500  # which has lost its connection


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, ["30s", "10s", "30s"]),
        ({"WEB_TIMEOUT": "60"}, ["1min", "20s", "1min"]),
        ({"DATABASE_STATEMENT_TIMEOUT": "5s", "DATABASE_IDLE_TIMEOUT": ""}, ["5s", "10s", "0"]),
    ],
)
def test_the_web_server_has_limits_unless_it_is_told_otherwise(
    variables: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    with gunicorn(tmp_path / "log", *SERVERS["wsgi"], **PRODUCTION | variables) as (_, port):
        found = json.loads(get(port, "/limits/")[2])
    assert [found[name] for name in LIMITS] == expected
