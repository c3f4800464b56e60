"""What a user is told is on the socket, and on the open page, once it is committed."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django import Settings

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.notifications.services import notification_add
from apps.notifications.tests.factories import notification_make
from stack.websockets.tests.server import Site, layers_of, session_of, site
from tests.processes import gunicorn

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATH = "/ws/notifications/"
pytestmark = [pytest.mark.proves("channels"), pytest.mark.django_db(transaction=True)]
DEADLINE = 30_000  # milliseconds


@pytest.fixture(name="has_own_port")
def _has_own_port(request: pytest.FixtureRequest) -> bool:
    """Tell whether the sockets have a port of their own, as they do unless a test says otherwise."""
    return bool(getattr(request, "param", True))


@pytest.fixture(name="server")
def _server(tmp_path: Path, settings: Settings, static_root: Path, has_own_port: bool) -> Iterator[Site]:
    """The project's own sockets. Only a hint makes them look."""
    # Which port, matters to the page alone.
    port = "8001" if has_own_port else "0"
    variables = {
        "ASGI_PORT": port,
        "STATIC_ROOT": str(static_root),
        "WEBSOCKET_CHECK_SECONDS": "3600",
        "WEBSOCKET_POLL_SECONDS": "3600",
    }
    with site(tmp_path, application="config.asgi:application", **variables) as server:
        settings.CHANNEL_LAYERS = layers_of(server)
        yield server


def items(received: Any) -> list[tuple[int, str]]:
    return [(item["number"], item["text"]) for item in json.loads(received)["items"]]


def test_what_is_committed_is_on_the_socket_and_nothing_else(server: Site) -> None:
    user = UserFactory.create()
    notification_make(user, "before")
    with server.open(user, "?after=0", path=PATH) as socket:
        assert items(socket.recv(timeout=20)) == [(1, "before")]
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            notification_add(user.pk, "hello", "rolled back")
            raise ZeroDivisionError
        notification_make(text="for somebody else")
        with transaction.atomic():
            notification_add(user.pk, "order.paid", "Paid: 3 × “Lamp”.", {"order": "7"})
        message = json.loads(socket.recv(timeout=20))
    assert message["after"] == 2
    (item,) = message["items"]
    assert item == {
        "number": 2,
        "kind": "order.paid",
        "text": "Paid: 3 × “Lamp”.",
        "data": {"order": "7"},
        "created_at": item["created_at"],
        "read_at": None,
    }
    assert item["created_at"].endswith("Z")


@pytest.fixture(name="address")
def _address(server: Site, static_root: Path, tmp_path: Path, has_own_port: bool) -> Iterator[str]:
    """The site's address; its web process is another than the sockets', if those have their own port."""
    if not has_own_port:
        yield f"http://localhost:{server.port}"
        return
    variables = {
        "ENVIRONMENT": "test",
        "DATABASE_URL": server.database,
        "ASGI_PORT": str(server.port),
        "STATIC_ROOT": str(static_root),
    }
    with gunicorn(tmp_path / "web", "--workers=1", "config.wsgi", **variables) as (_, port):
        yield f"http://localhost:{port}"


@pytest.fixture(name="page")
def _page(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A browser's page on the site."""
    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False) as chromium,
        chromium.new_context(base_url=address) as context,
    ):
        context.set_default_timeout(DEADLINE)
        yield context.new_page()
        connection.close()  # in here, it is another than outside


def opens(page: Page, user: User) -> list[str]:
    """Open the page as a user; return what the console will say."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": session_of(user),
        "domain": "localhost",
        "path": "/",
    }
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/notifications/")
    return complaints


@pytest.mark.asvs("3.2.2")
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)")
@pytest.mark.parametrize("has_own_port", [True, False], indirect=True)
def test_the_open_page_changes_by_itself(page: Page) -> None:
    expect.set_options(timeout=DEADLINE)
    user = UserFactory.create()
    notification_make(user, "before")
    complaints = opens(page, user)
    shown = page.locator(".notifications li span")
    expect(shown).to_have_text(["before"])

    notification_make(user, "<img src=x onerror=alert(1)>")
    expect(shown).to_have_text(["<img src=x onerror=alert(1)>", "before"])
    assert not complaints

    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".notifications li.unread")).to_have_count(0)
    expect(shown).to_have_count(2)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)")
def test_a_page_comes_back_to_a_server_that_was_away(page: Page, server: Site) -> None:
    expect.set_options(timeout=DEADLINE)
    user = UserFactory.create()
    opens(page, user)
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "live")
    (worker,) = server.workers
    os.kill(worker, signal.SIGKILL)  # gunicorn starts another one
    notification_make(user, "meanwhile")
    expect(page.locator(".notifications li span")).to_have_text(["meanwhile"])
