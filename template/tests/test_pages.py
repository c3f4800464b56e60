"""Every page there is, in a real Chromium: it keeps to its policy, and asks no other site for anything.

The pages are read off the table of addresses: one that is added is looked at, or a test says what it lacks.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from playwright.sync_api import Response, expect
from pytest_django import Settings

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from config import urls as project
from tests.browser import Visitor, needs_chromium
from tests.pages import addresses

pytestmark = [
    needs_chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(__name__),
    pytest.mark.proves("django-csp"),
]


def broken(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise ZeroDivisionError


urlpatterns = [*project.urlpatterns, path("broken/", broken)]
handler400, handler403 = project.handler400, project.handler403
handler404, handler500 = project.handler404, project.handler500

STRICT = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}
EXCEPTIONS = {
    "/api/docs/": {"img-src": {"'self'", "data:"}},
    "/api/redoc/": {"img-src": {"'self'", "data:"}, "worker-src": {"blob:"}},
}
"""What pages that are not ours cannot do without."""
DRAWN = {"/api/docs/": ".opblock", "/api/redoc/": "[data-section-id]"}
"""What is on a page when it has read the schema."""


def pages(client: Client, user: User) -> Iterator[str]:
    """Yield the path of each page, where redirects lead too."""
    found = set()
    for address in addresses(user):
        response = client.get(address.path, follow=True)
        final = response.request["PATH_INFO"]
        is_page = response["Content-Type"].startswith("text/html") and response.content
        if is_page and final not in found:
            found.add(final)
            yield final


def check(visitor: Visitor, response: Response) -> None:
    """Fail if the page was not allowed something, asked another site, or has another policy than ours."""
    status = (
        f"{response.status}: {response.url}",
        "error: Failed to load resource: the server responded with a status",
    )
    # The browser's advice on the admin's forms; nobody is at the sockets' port, which a page may ask.
    known = "verbose: ", "info: ", "error: WebSocket connection to", *(() if response.ok else status)
    left = [words for words in visitor.complaints if not words.startswith(known)]
    assert left == [], response.url
    policy = response.headers["content-security-policy"]
    found = {
        name: {source for source in sources if not source.startswith(("'nonce-", "ws://"))}
        for name, *sources in (part.split() for part in policy.split(";"))
    }
    assert found == STRICT | EXCEPTIONS.get(response.url.removeprefix(visitor.site), {}), response.url


@pytest.mark.asvs("3.4.3", "3.7.1", "14.2.3")
@pytest.mark.parametrize("role", ["anonymous", "admin"])
def test_every_page_keeps_to_its_policy(visitor: Visitor, client: Client, admin: User, role: str) -> None:
    if role == "admin":
        client.force_login(admin)
        visitor.is_known(admin)
    seen = set()
    for page in pages(client, admin):
        response = visitor.looks_at(page)
        visitor.page.wait_for_selector(DRAWN.get(page, "body"), state="attached")
        check(visitor, response)
        seen.add(page)
    assert {"/", "/api/docs/", "/api/redoc/"} <= seen
    assert len(seen) > (20 if role == "admin" else 10)


@pytest.mark.asvs("3.4.3")
@pytest.mark.parametrize(
    ("host", "address", "status"),
    [
        ("127.0.0.1", "/", 400),
        ("localhost", f"/{settings.ADMIN_PATH}auth/group/", 403),
        ("localhost", "/none/", 404),
        ("localhost", "/broken/", 500),
    ],
)
def test_pages_of_errors_keep_to_it(
    visitor: Visitor, settings: Settings, host: str, address: str, status: int
) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    visitor.is_known(UserFactory.create(is_staff=True))
    visitor.site = visitor.site.replace("localhost", host)
    response = visitor.looks_at(address)
    assert response.status == status
    check(visitor, response)


def submitted(visitor: Visitor) -> Response:
    """Send the form on the page, and return what comes."""
    visitor.complaints.clear()
    with visitor.page.expect_navigation() as navigation:
        visitor.logs_in("nobody@example.com")
    return navigation.value


def test_the_page_that_refuses_a_form_of_another_site_keeps_to_it(visitor: Visitor) -> None:
    visitor.looks_at("/accounts/login/")
    visitor.page.context.clear_cookies()
    response = submitted(visitor)
    assert response.status == 403
    check(visitor, response)


def test_the_page_that_refuses_what_is_too_much_keeps_to_it(visitor: Visitor, settings: Settings) -> None:
    rate = pytest.importorskip("stack.throttling.rate", reason="nothing is refused as too much")
    settings.THROTTLING = True
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"login": rate.Rate(1, 600)}
    statuses = set()
    for _ in range(2):
        visitor.looks_at("/accounts/login/")
        response = submitted(visitor)
        statuses.add(response.status)
        check(visitor, response)
    assert 429 in statuses


def test_the_admin_works_under_it(visitor: Visitor, admin: User) -> None:
    visitor.is_known(admin)
    page = visitor.opens(f"/{settings.ADMIN_PATH}accounts/user/{admin.pk}/change/")
    with page.expect_popup() as opened:
        page.locator("#add_id_groups").click()
    popup = opened.value
    popup.locator("#id_name").fill("Editors")
    popup.get_by_role("button", name="Save").click()
    expect(page.locator("#id_groups_to option")).to_have_text(["Editors"])

    visitor.opens(f"/{settings.ADMIN_PATH}auth/group/?q=Editors")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("delete_selected")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Delete")
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Successfully deleted 1 group")).to_be_visible()
    assert visitor.complaints == []
