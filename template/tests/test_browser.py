"""The pages, in a real Chromium: they render, people can use them, and the console stays empty."""

import re
from typing import Literal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.accounts.tests.factories import UserFactory
from stack.environment import PROJECT_NAME
from tests.browser import Visitor, needs_chromium

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.proves("django-templates")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_landing_page_leads_everywhere(visitor: Visitor, scheme: Literal["light", "dark"]) -> None:
    visitor.page.emulate_media(color_scheme=scheme)
    page = visitor.opens("/")

    expect(page.get_by_role("heading", level=1)).to_have_text(PROJECT_NAME)
    links = [link.get_attribute("href") for link in page.get_by_role("link").all()]
    assert {"/api/docs/", "/api/redoc/", "/api/schema/", reverse("admin:index"), "/accounts/login/"} <= set(
        links
    )
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
    page = visitor.opens(reverse("admin:index"))
    visitor.logs_in(admin.email)

    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    expect(page.locator(".model-user")).to_be_visible()
    assert visitor.complaints == []


@pytest.mark.asvs("7.4.4")
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


@pytest.mark.asvs("14.3.1", "14.3.3")
def test_whoever_comes_next_finds_nothing_of_the_one_before(visitor: Visitor) -> None:
    user = UserFactory.create()
    visitor.is_known(user)
    page = visitor.opens("/accounts/password_change/")
    expect(page.get_by_role("banner")).to_contain_text(user.email)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()

    page.go_back()

    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    assert user.email not in page.content()
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, await indexedDB.databases()]"
    )
    assert kept == [0, 0, []]
