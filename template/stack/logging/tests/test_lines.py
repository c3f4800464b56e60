"""The lines that real processes write."""

import json
import re
from pathlib import Path
from time import thread_time
from timeit import repeat

import pytest

from stack.logging.formatters import hide_secrets
from stack.logging.tests.lines import line
from tests.processes import PRODUCTION, get, gunicorn, wait_until

MODULE = "stack.logging.tests.shop"
SERVERS = {
    "wsgi": [f"{MODULE}:wsgi"],
    "asgi": ["-k", "uvicorn_worker.UvicornWorker", f"{MODULE}:asgi"],
}
# What would be tried again from each of its ends, by a pattern that is not careful.
NAMES = "token password passwd secret signature api_key apikey authorization cookie session_id -token".split()
REPEATED = [
    ("", again) for again in [*NAMES, "token ", "token=", "token:[", 'token\\"', "token=[1", "bearer "]
]
REPEATED += [
    ("", again) for again in ["://", "://a:", "://a:b@", "eyJ", "eyJ-", "-eyJ", "eyJa.", "eyJa.b eyJ."]
]
REPEATED += [
    ("token", " "),
    ("token=", " "),
    ("token=", "1"),
    ("bearer", " "),
    ("://a:", "b"),
    ("eyJa.", "b"),
]


@pytest.mark.asvs("16.2.1", "16.2.2", "16.2.4")
@pytest.mark.proves("logging")
@pytest.mark.parametrize("server", SERVERS)
def test_a_request_has_one_line_with_its_id_route_status_time_and_user(server: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with gunicorn(log, *SERVERS[server], **PRODUCTION) as (_, port):
        _, headers, _ = get(port, "/who/?token=hunter2", X_Request_ID="from-the-proxy-1")
        assert headers["x-request-id"] == "from-the-proxy-1"
        entry = line(log, logger="access", request_id="from-the-proxy-1")
    assert entry["level"] == "INFO"
    assert (entry["method"], entry["route"], entry["status"], entry["user_id"]) == ("GET", "/who/", 200, 7)
    assert 0 < entry["duration_ms"] < 10_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", entry["timestamp"])
    assert "hunter2" not in log.read_text()


@pytest.mark.asvs("16.2.5")
def test_a_view_s_line_has_the_requests_id_and_no_secrets(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with gunicorn(log, *SERVERS["wsgi"], **PRODUCTION) as (_, port):
        assert get(port, "/orders/5/", X_Request_ID="order-number-5")[0] == 200
        line(log, logger="shop", request_id="order-number-5")
    assert "hunter2" not in log.read_text()


@pytest.mark.asvs("16.3.4")
@pytest.mark.proves("logging")
def test_an_error_has_its_traceback_on_a_line_with_the_requests_id(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with gunicorn(log, *SERVERS["wsgi"], **PRODUCTION) as (_, port):
        status, headers, _ = get(port, "/fail/?token=hunter2")
        assert status == 500
        entry = line(log, logger="django.request", request_id=headers["x-request-id"])
        line(log, logger="access", request_id=headers["x-request-id"], status=500)
    assert entry["level"] == "ERROR"
    assert "RuntimeError: the till is broken" in entry["exc_info"]
    assert "hunter2" not in log.read_text()


@pytest.mark.asvs("1.3.3", "16.4.1")
def test_an_id_that_could_forge_a_line_is_replaced(tmp_path: Path) -> None:
    with gunicorn(tmp_path / "log", *SERVERS["wsgi"], **PRODUCTION) as (_, port):
        ids = [
            get(port, "/none/", X_Request_ID=given)[1]["x-request-id"]
            for given in ('"}{"level', "x" * 129, "")
        ]
    assert all(re.fullmatch(r"[0-9a-f]{32}", made) for made in ids)
    assert len(set(ids)) == 3


@pytest.mark.proves("logging")
def test_development_writes_lines_for_people(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with gunicorn(log, *SERVERS["wsgi"], ENVIRONMENT="test") as (_, port):
        get(port, "/who/", X_Request_ID="for-a-person")
        wait_until(lambda: "[for-a-person] GET /who/ 200" in log.read_text())
    assert not any(written.startswith("{") for written in log.read_text().splitlines())


@pytest.mark.asvs("16.2.5")
@pytest.mark.parametrize(
    "secret",
    [
        "password=hunter2",
        "{'new_password1': 'hunter2'}",
        "<QueryDict: {'password': ['hunter2']}>",
        "password=b'hunter2'",
        '{"api_key": "hunter2"}',
        r"{\"secret\": \"hunter2\"}",
        "GET /reset?token=hunter2&next=/",
        "Authorization: Bearer hunter2",
        "Authorization: Token hunter2",
        "could not connect to postgres://app:hunter2@database:5432/app",
        "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiaHVudGVyMiJ9.hunter2",
        "id-eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiaHVudGVyMiJ9.hunter2",
        f"{'my-' * 100}token{'-of-mine' * 100}=hunter2",
    ],
)
def test_secrets_are_hidden(secret: str) -> None:
    assert "hunter2" not in hide_secrets(secret)


@pytest.mark.asvs("16.4.1")
def test_a_line_of_json_stays_one() -> None:
    counts = {"token_count": 5, "tokens": [5], "cookies": [], "session_id": None, "secrets": ["hunter2"]}
    assert json.loads(hide_secrets(json.dumps(counts))) == counts | {"secrets": ["[hidden]"]}


def test_what_is_no_secret_stays() -> None:
    harmless = "GET /orders/?page=2 200 https://example.com:8000/a@b order=5 keyboard: y"
    assert hide_secrets(harmless) == harmless


@pytest.mark.parametrize(("before", "again"), REPEATED, ids=repr)
def test_a_line_eight_times_as_long_takes_about_eight_times_as_long(before: str, again: str) -> None:
    """Lines quote headers: where the time grew with the square, it would be sixty-four times as long."""

    def seconds(length: int) -> float:
        line = before + again * (length // len(again))
        return min(repeat(lambda: hide_secrets(line), timer=thread_time, number=1, repeat=5))

    assert seconds(8_000) < 20 * seconds(1_000)
