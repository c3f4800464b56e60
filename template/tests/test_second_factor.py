"""A second factor, as people meet it: in a real Chromium, under the policy of every page."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from stack.otp.tests.authenticator import Authenticator
from tests.browser import Visitor, needs_chromium

pytestmark = [
    needs_chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.proves("django-auth"),
    pytest.mark.proves("django-csp"),
]


@pytest.fixture(name="root")
def fixture_root(settings: Settings) -> User:
    """Somebody of the staff, where staff must have a second factor."""
    settings.STAFF_SECOND_FACTOR = True
    root: User = UserFactory.create(admin=True)
    return root


def set_up(page: Page) -> Authenticator:
    """Do what the page asks for."""
    expect(page.locator(".qr svg")).to_be_visible()
    app = Authenticator.reading(page.locator("main code").inner_text())
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=code]").fill(app.code())
    page.get_by_role("button", name="Set it up").click()
    return app


def test_staff_set_one_up_on_their_way_to_the_admin_and_log_in_by_it(visitor: Visitor, root: User) -> None:
    page = visitor.opens(reverse("admin:index"))
    visitor.logs_in(root.email)
    app = set_up(page)
    codes = page.locator(".codes code")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()

    for code in (app.code(), recovery):
        page.get_by_role("button", name="Log out").click()
        page.goto(f"{visitor.site}{reverse('admin:index')}")
        visitor.logs_in(root.email)
        page.locator("input[name=code]").fill(code)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    assert visitor.complaints == []


def test_it_is_removed_by_the_page(visitor: Visitor) -> None:
    user = UserFactory.create()
    visitor.opens(reverse("login"))
    visitor.logs_in(user.email)
    page = visitor.page
    page.get_by_role("link", name="Security").click()
    page.get_by_role("link", name="Set up a second factor").click()
    app = set_up(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    page.get_by_role("link", name="Remove it").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=code]").fill(app.code())
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("Your second factor is removed")).to_be_visible()
    assert visitor.complaints == []
