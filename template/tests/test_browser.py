"""The pages, in a real Chromium: they render, people can use them, and the console stays empty."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from apps.accounts.tests.factories import PASSWORD, UserFactory
from stack.environment import PROJECT_NAME

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DEADLINE = 30_000
"""Milliseconds; far more than a page takes, so that a busy machine fails nothing."""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)"),
    pytest.mark.django_db(transaction=True),
]


@dataclass
class Visitor:
    """Somebody at a browser, and whatever the developer console would tell them.

    Attributes:
        page: The page they look at.
        site: The address of the site.
        complaints: Console messages, errors, failed requests, and requests to anybody but the site.
    """

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from the first request on."""
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        self.page.on("response", self._on_response)

    def opens(self, path: str) -> Page:
        """Open an address and wait until the network is quiet."""
        self.page.goto(f"{self.site}{path}", wait_until="networkidle")
        return self.page

    def logs_in(self, email: str) -> None:
        """Fill in the form on the page, and send it."""
        self.page.locator("input[name=username]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").or_(self.page.locator("input[type=submit]")).click()

    def _on_console(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"{message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.complaints.append(f"elsewhere: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


@pytest.fixture(name="browser", scope="module")
def fixture_browser() -> Iterator[Browser]:
    """One headless Chromium for this module."""
    flags = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=flags, timeout=DEADLINE
        )
        expect.set_options(timeout=DEADLINE)
        yield chromium
        chromium.close()


@pytest.fixture(name="visitor")
def fixture_visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """Somebody who comes to the site for the first time."""
    with browser.new_context() as context:
        context.set_default_timeout(DEADLINE)
        yield Visitor(context.new_page(), live_server.url)


@pytest.mark.proves("django-templates")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_landing_page_leads_everywhere(visitor: Visitor, scheme: Literal["light", "dark"]) -> None:
    visitor.page.emulate_media(color_scheme=scheme)
    page = visitor.opens("/")

    expect(page.get_by_role("heading", level=1)).to_have_text(PROJECT_NAME)
    links = [link.get_attribute("href") for link in page.get_by_role("link").all()]
    assert {"/api/docs/", "/api/redoc/", "/api/schema/", "/admin/", "/accounts/login/"} <= set(links)
    assert visitor.complaints == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_landing_page_fits_every_screen(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    page = visitor.opens("/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.proves("drf-spectacular")
def test_swagger_lists_the_operations(visitor: Visitor) -> None:
    page = visitor.opens("/api/docs/")

    expect(page.locator(".info .title")).to_contain_text(PROJECT_NAME)
    expect(page.locator(".opblock-summary-path").first).to_contain_text("/api/v1/")
    assert visitor.complaints == []


@pytest.mark.proves("drf-spectacular")
def test_redoc_lists_the_operations(visitor: Visitor) -> None:
    page = visitor.opens("/api/redoc/")

    expect(page.get_by_role("heading", level=1).first).to_contain_text(PROJECT_NAME)
    expect(page.get_by_text("/api/v1/").first).to_be_attached()
    assert visitor.complaints == []


@pytest.mark.proves("django-auth")
def test_staff_log_in_to_the_admin(visitor: Visitor) -> None:
    admin = UserFactory.create(admin=True)
    page = visitor.opens("/admin/")
    visitor.logs_in(admin.email)

    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    expect(page.locator(".model-user")).to_be_visible()
    assert visitor.complaints == []


@pytest.mark.proves("django-auth")
def test_somebody_logs_in_and_out(visitor: Visitor) -> None:
    user = UserFactory.create()
    page = visitor.opens("/")
    page.get_by_role("link", name="Log in").click()
    visitor.logs_in(user.email)

    expect(page.get_by_role("banner")).to_contain_text(user.email)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/$"))
    assert visitor.complaints == []


def test_a_wrong_password_is_told_in_words(visitor: Visitor) -> None:
    page = visitor.opens("/accounts/login/")
    visitor.logs_in("nobody@example.com")

    expect(page.get_by_text("Address and password do not match")).to_be_visible()
    assert visitor.complaints == []


def test_an_unknown_address_gets_a_page_of_ours(visitor: Visitor) -> None:
    page = visitor.opens("/no-such-page/")

    expect(page.get_by_role("link", name="To the front page")).to_be_visible()
    assert sorted(visitor.complaints) == [
        f"404: {visitor.site}/no-such-page/",
        "error: Failed to load resource: the server responded with a status of 404 (Not Found)",
    ]
