"""No address of ours sends anybody to another site, whatever it is told about where to go on."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from tests.api import make_things_of
from tests.browser import chromium, needs_chromium
from tests.pages import addresses

pytestmark = [needs_chromium, pytest.mark.django_db]

SITE = "http://testserver"
HOSTILE = [
    "https://attacker.example/",
    "http://attacker.example",
    "//attacker.example/",
    "///attacker.example/",
    "////attacker.example/",
    "https:attacker.example",
    "https:/attacker.example",
    "https:///attacker.example",
    "\\\\attacker.example",
    "/\\attacker.example",
    "\\/attacker.example",
    "/\t/attacker.example",
    "/\n/attacker.example",
    "\t//attacker.example",
    " //attacker.example",
    "\x01//attacker.example",
    "http://testserver@attacker.example/",
    "http://testserver:80@attacker.example/",
    "http://testserver.attacker.example/",
    "http://attacker.example\\@testserver/",
    "http://attacker.example#@testserver/",
    "http://attacker.example?testserver",
    "http://[::ffff:1.2.3.4]/",
    "http://testserver%2eattacker.example/",
    "javascript:alert(1)",
    "data:text/html,hello",
    "JaVaScRiPt:alert(1)",
    "http://attacker\u3002example/",
    "/%09/attacker.example",
    "/./\\attacker.example",
]
NAMES = ("next", "url", "redirect", "redirect_to", "return_to", "continue", "_popup", "to")
"""Parameters that say where to go on, here or elsewhere."""


@pytest.fixture(name="blank", scope="module")
def fixture_blank() -> Iterator[Page]:
    """A browser, to read addresses as only a browser does."""
    with chromium() as browser:
        page = browser.new_page()
        yield page


def leads(blank: Page, location: str, base: str) -> str:
    """Return the origin that a browser goes to."""
    origin: str = blank.evaluate("([location, base]) => new URL(location, base).origin", [location, base])
    return origin


@pytest.mark.asvs("1.2.2", "3.7.2")
@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["login", "logout", "admin:login", "admin:logout"])
def test_whoever_logs_in_or_out_stays(client: Client, blank: Page, name: str, value: str) -> None:
    user = UserFactory.create(admin=True)
    form = {"username": user.email, "password": PASSWORD, "next": value}
    for data, query in ((form, {}), (form | {"next": ""}, {"next": value})):
        address = f"{reverse(name)}?{urlencode(query)}"
        if name.endswith("logout"):
            client.force_login(user)
        answer = client.post(address, data)
        assert answer.status_code in (200, 302)
        if answer.status_code == 302:
            assert leads(blank, answer["Location"], SITE + address) == SITE
        client.logout()


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize("value", HOSTILE)
def test_whoever_is_logged_in_already_stays(client: Client, blank: Page, value: str) -> None:
    client.force_login(UserFactory.create(admin=True))
    for name in ("login", "admin:login"):
        answer = client.get(reverse(name), {"next": value})
        if answer.status_code == 302:
            assert leads(blank, answer["Location"], SITE) == SITE


@pytest.mark.asvs("1.2.2")
@pytest.mark.parametrize(
    "query",
    [
        "a=b&next=//attacker.example/",
        "q=%26next%3Dhttps://attacker.example",
        "q=%0d%0aX:%20y",
        "q=%C3%BC%23x",
    ],
)
def test_where_somebody_was_going_stays_one_parameter(client: Client, query: str) -> None:
    address = f"{reverse('password_change')}?{query}"
    location = urlsplit(client.get(address)["Location"])
    assert location.path == reverse("login")
    ((name, wanted),) = parse_qsl(location.query, strict_parsing=True)
    assert (name, unquote(wanted)) == ("next", unquote(address))


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize("role", ["anonymous", "admin"])
def test_no_address_sends_anybody_away(client: Client, blank: Page, role: str) -> None:
    admin: User = UserFactory.create(admin=True)
    make_things_of(admin)
    if role == "admin":
        client.force_login(admin)
    redirects = 0
    for address in addresses(admin):
        for value in HOSTILE[:3]:
            answer = client.get(address.path, dict.fromkeys(NAMES, value))
            if 300 <= answer.status_code < 400:
                redirects += 1
                assert leads(blank, answer["Location"], SITE + address.path) == SITE, address
    assert redirects


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize(
    "path",
    [
        "//attacker.example/..",
        "//attacker.example/admin",
        "/admin//attacker.example",
        "/%5Cattacker.example/admin",
        "//attacker.example/accounts/login",
    ],
)
def test_a_slash_that_is_added_leads_nowhere_else(client: Client, blank: Page, path: str) -> None:
    client.force_login(UserFactory.create(admin=True))
    answer = client.get(path)
    if 300 <= answer.status_code < 400:
        assert leads(blank, answer["Location"], SITE) == SITE
