"""The policy is strict unless a variable loosens it, and the library puts it on what is answered."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import Queue

import pytest
from django.test import Client
from django.urls import reverse

from stack.browser.answers import NOTHING
from stack.browser.policy import add_sources, strict
from tests.browser import chromium, needs_chromium, visitor_of
from tests.processes import get, gunicorn
from tests.servers import listening

pytestmark = pytest.mark.proves("django-csp")

POLICY, REPORT_ONLY = "content-security-policy", "content-security-policy-report-only"


def nonces(page: str) -> set[str]:
    return set(re.findall(r'nonce="([^"]+)"', page))


@pytest.mark.asvs("3.4.3")
def test_each_answer_has_a_nonce_of_its_own_and_its_page_uses_it(client: Client) -> None:
    seen = set()
    for _ in range(2):
        answer = client.get("/accounts/login/")
        (nonce,) = nonces(answer.content.decode())
        assert len(nonce) >= 22  # 16 bytes
        assert answer[POLICY].count(f"'nonce-{nonce}'") == 2  # scripts and style sheets
        seen.add(nonce)
    assert len(seen) == 2


def test_what_shows_nothing_may_load_nothing(client: Client) -> None:
    assert client.get("/api/v1/none/")[POLICY] == NOTHING
    assert client.get("/none/")[POLICY] != NOTHING


@pytest.mark.django_db
def test_the_admin_uses_the_same_nonce(admin_client: Client) -> None:
    answer = admin_client.get(reverse("admin:index"))
    page = answer.content.decode()
    assert {f"'nonce-{nonce}'" for nonce in nonces(page)} == set(re.findall(r"'nonce-[^']+'", answer[POLICY]))
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts and all("nonce=" in script for script in scripts)


def test_an_answer_without_a_nonce_allows_none(client: Client) -> None:
    assert "nonce" not in client.get("/api/schema/")[POLICY]


def test_sources_are_added_to_those_of_the_directive() -> None:
    directives = strict()
    add_sources(directives, "img-src https://a.example https: ; frame-ancestors 'self';", name="MORE")
    add_sources(directives, "worker-src blob:", name="MORE")
    assert directives["img-src"] == ["'self'", "https://a.example", "https:"]
    assert directives["frame-ancestors"] == ["'self'"]  # 'none' next to another means nothing
    assert directives["worker-src"] == ["blob:"]


@pytest.mark.parametrize("text", ["imgsrc https:", "img-src", "https://a.example"])
def test_what_is_no_policy_stops_the_boot(text: str) -> None:
    with pytest.raises(SystemExit, match="^MORE has "):
        add_sources(strict(), text, name="MORE")


def test_variables_loosen_it(tmp_path: Path, static_root: Path) -> None:
    variables = {
        "ENVIRONMENT": "test",
        "STATIC_ROOT": str(static_root),
        "ASGI_PORT": "0",
        "CSP_REPORT_ONLY": "true",
        "CSP_REPORT_URI": "https://reports.example/csp",
        "CSP_ADDED_SOURCES": "img-src https://pictures.example; connect-src https://api.example",
    }
    with gunicorn(tmp_path / "log", "config.wsgi:application", **variables) as (_, port):
        _, page, _ = get(port, "/")
        _, documentation, _ = get(port, "/api/docs/")
    assert POLICY not in page
    parts = page[REPORT_ONLY].split("; ")
    assert "img-src 'self' https://pictures.example" in parts
    assert "connect-src 'self' https://api.example" in parts
    assert "report-uri https://reports.example/csp" in parts
    assert "img-src 'self' https://pictures.example data:" in documentation[REPORT_ONLY].split("; ")


@pytest.fixture(name="reports")
def fixture_reports() -> Iterator[tuple[str, "Queue[bytes]"]]:
    """A server that takes reports: its address, and what it has got."""
    got: Queue[bytes] = Queue()

    class Collector(BaseHTTPRequestHandler):
        """Takes them."""

        def do_POST(self) -> None:  # pylint: disable=invalid-name
            """Take one."""
            got.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with listening(Collector) as address:
        yield f"{address}/csp", got


@pytest.mark.asvs("3.4.3")
@needs_chromium
@pytest.mark.parametrize("report_only", ["false", "true"])
def test_what_an_attacker_has_put_into_a_page_does_not_run_and_is_reported(
    reports: tuple[str, "Queue[bytes]"], tmp_path: Path, static_root: Path, report_only: str
) -> None:
    address, got = reports
    variables = {"ENVIRONMENT": "test", "STATIC_ROOT": str(static_root), "CSP_REPORT_URI": address}
    with (
        gunicorn(tmp_path / "log", "config.wsgi:application", CSP_REPORT_ONLY=report_only, **variables) as (
            _,
            port,
        ),
        chromium() as browser,
        visitor_of(browser, f"http://localhost:{port}") as visitor,
    ):
        page = visitor.opens("/accounts/login/")
        page.evaluate("""() => {
            const picture = '<img src="/none.png" onerror="window.run = true">';
            document.body.insertAdjacentHTML("beforeend", picture);
        }""")
        page.evaluate("""() => {
            const script = document.createElement("script");
            script.textContent = "window.run = true";
            document.body.append(script);
        }""")
        assert page.evaluate("() => window.run === true") == (report_only == "true")
        assert b"violated-directive" in got.get(timeout=60)
