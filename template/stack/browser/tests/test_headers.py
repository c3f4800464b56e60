"""Every answer has the security headers: pages, API, files, health checks, errors; by both servers."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from stack.browser.middleware import security_headers
from tests.processes import PRODUCTION, get, gunicorn

SERVERS = {
    "wsgi": ["config.wsgi:application"],
    "asgi": ["-k", "uvicorn_worker.UvicornWorker", "config.asgi:application"],
}
EXPECTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ANSWERS = {
    "/": 200,
    "/accounts/login/": 200,
    "/admin/": 302,
    "/api/schema/": 200,
    "/api/v1/users/me/": 401,
    "/api/v1/none/": 404,
    "/health/live": 200,
    "/none/": 404,
    "/static/site.css": 200,
}


@pytest.mark.parametrize("server", SERVERS)
def test_every_answer_has_them(tmp_path: Path, static_root: Path, server: str) -> None:
    variables = PRODUCTION | {"STATIC_ROOT": str(static_root), "DATABASE_URL": "postgres://x:x@127.0.0.1:1/x"}
    with gunicorn(tmp_path / "log", *SERVERS[server], **variables) as (_, port):
        answers = {path: get(port, path) for path in [*ANSWERS, "/health/ready"]}
        forged = get(port, "/", Host="attacker.example")
        plain = get(port, "/", X_Forwarded_Proto="http")
    assert {path: answers[path][0] for path in ANSWERS} == ANSWERS
    assert [answers["/health/ready"][0], forged[0], plain[0]] == [503, 400, 301]
    for status, headers, _ in [*answers.values(), forged, plain]:
        assert EXPECTED.items() <= headers.items(), status
        denied = headers["permissions-policy"].split(", ")
        assert {"camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"} <= set(denied)
    for path in set(answers) - {"/health/live", "/health/ready"}:
        assert "frame-ancestors 'none'" in answers[path][1]["content-security-policy"], path


def test_what_an_answer_says_itself_stays(settings: Settings) -> None:
    settings.CROSS_ORIGIN_RESOURCE_POLICY = "same-site"
    settings.PERMISSIONS_POLICY_DENIED = []

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Referrer-Policy": "origin"})

    answer = security_headers(view)(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    assert (answer["Referrer-Policy"], answer["Cross-Origin-Resource-Policy"]) == ("origin", "same-site")
    assert "Permissions-Policy" not in answer
