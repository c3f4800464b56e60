"""A real Chromium, and somebody who sits at it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DEADLINE = 30_000
"""Milliseconds; far more than a page takes, so that a busy machine fails nothing."""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)")

VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`${event.disposition} ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
});
"""


@dataclass
class Visitor:
    """Somebody at a browser, and whatever the developer console would tell them.

    Attributes:
        page: The page they look at.
        site: The address of the site.
        complaints: Console messages, errors, failed requests, what a page's policy forbade, and requests to
            anybody but the site.
    """

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from the first request on, in the windows that the page opens too."""
        context = self.page.context
        context.add_init_script(VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("request", self._on_request)
        context.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        context.on("response", self._on_response)

    def opens(self, path: str) -> Page:
        """Open an address and wait until the network is quiet."""
        self.page.goto(f"{self.site}{path}", wait_until="networkidle")
        return self.page

    def looks_at(self, path: str) -> Response:
        """Open an address until it is all there, and forget what was complained of before."""
        self.complaints.clear()
        # The admin has many pages, and their scripts fetch nothing later.
        is_admin = path.startswith(f"/{settings.ADMIN_PATH}")
        response = self.page.goto(f"{self.site}{path}", wait_until="load" if is_admin else "networkidle")
        assert response
        self.page.evaluate("new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))")
        return response

    def is_known(self, user: User) -> None:
        """Be logged in as this user."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.site}])

    def logs_in(self, email: str) -> None:
        """Fill in the form on the page, and send it."""
        self.page.locator("input[name=username]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()

    def _on_console(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"{message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.complaints.append(f"elsewhere: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a headless Chromium."""
    flags = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=flags, timeout=DEADLINE
        )
        expect.set_options(timeout=DEADLINE)
        try:
            yield browser
        finally:
            browser.close()
            connections.close_all()  # in here, they are others than outside


@contextmanager
def visitor_of(browser: Browser, site: str) -> Iterator[Visitor]:
    """Somebody who comes to the site for the first time."""
    with browser.new_context() as context:
        context.set_default_timeout(DEADLINE)
        yield Visitor(context.new_page(), site)
