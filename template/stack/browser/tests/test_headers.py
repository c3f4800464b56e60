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
HSTS = "max-age=31536000; includeSubDomains; preload"
KINDS = {
    "/api/schema/": "application/json",
    "/health/live": "application/json",
    "/health/ready": "application/json",
    "/static/site.css": "text/css",
}
"""What is no page."""
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


@pytest.mark.asvs("3.4.1", "3.4.4", "3.4.5", "3.4.6", "4.1.1", "14.3.2")
@pytest.mark.parametrize("server", SERVERS)
def test_every_answer_has_them(tmp_path: Path, static_root: Path, server: str) -> None:
    variables = PRODUCTION | {"STATIC_ROOT": str(static_root), "DATABASE_URL": "postgres://x:x@127.0.0.1:1/x"}
    with gunicorn(tmp_path / "log", *SERVERS[server], **variables) as (_, port):
        answers = {path: get(port, path) for path in [*ANSWERS, "/health/ready"]}
        answers["/v1/odd/"] = get(port, "/v1/odd/", Content_Type="text/html; charset=hex")
        forged = get(port, "/", Host="attacker.example")
        plain = get(port, "/", X_Forwarded_Proto="http")
    assert {path: answers[path][0] for path in ANSWERS} == ANSWERS
    assert [answers[path][0] for path in ("/health/ready", "/v1/odd/")] == [503, 415]
    assert [forged[0], plain[0]] == [400, 301]
    for status, headers, _ in [*answers.values(), forged, plain]:
        assert EXPECTED.items() <= headers.items(), status
        denied = headers["permissions-policy"].split(", ")
        assert {"camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"} <= set(denied)
    for path in set(answers) - {"/health/live", "/health/ready"}:
        assert "frame-ancestors 'none'" in answers[path][1]["content-security-policy"], path
        assert answers[path][1]["strict-transport-security"] == HSTS, path
    for path in set(answers) - {"/static/site.css"}:
        assert "no-store" in answers[path][1]["cache-control"], path
    for path, (status, headers, body) in answers.items():
        if body:
            kind, _, charset = headers["content-type"].partition("; ")
            assert kind == KINDS.get(
                path, "application/problem+json" if "/v1/" in path else "text/html"
            ), path
            assert charset.replace('"', "") == "charset=utf-8" or kind.startswith("application/"), path
        else:
            assert status == 302


@pytest.mark.asvs("4.1.2", "12.2.1")
def test_the_api_refuses_plain_http_where_pages_are_redirected(tmp_path: Path, static_root: Path) -> None:
    variables = PRODUCTION | {"STATIC_ROOT": str(static_root)}
    with gunicorn(tmp_path / "log", "config.wsgi:application", **variables) as (_, port):
        for path in ("/", "/accounts/login/", "/admin/"):
            status, headers, _ = get(port, path, X_Forwarded_Proto="http")
            assert (status, headers["location"]) == (301, f"https://localhost{path}")
        for path in ("/api/v1/users/me/", "/api/schema/", "/api/v1/none/"):
            status, headers, body = get(port, path, X_Forwarded_Proto="http", Authorization="Token hunter2")
            assert (status, headers["content-type"]) == (403, "application/problem+json")
            assert "location" not in headers and '"code":"https_required"' in body


def test_what_an_answer_says_itself_stays(settings: Settings) -> None:
    settings.CROSS_ORIGIN_RESOURCE_POLICY = "same-site"
    settings.PERMISSIONS_POLICY_DENIED = []

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Referrer-Policy": "origin"})

    answer = security_headers(view)(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    assert (answer["Referrer-Policy"], answer["Cross-Origin-Resource-Policy"]) == ("origin", "same-site")
    assert "Permissions-Policy" not in answer
