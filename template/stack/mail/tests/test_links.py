"""Links in mails lead to the site, whatever port a request names."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from stack.mail import links
from stack.mail.links import site_origin
from stack.mail.origins import checked_origin


def origin_of(host: str, *, secure: bool = False) -> str:
    return site_origin(RequestFactory().get("/", headers={"Host": host}, secure=secure))


@pytest.fixture(autouse=True)
def fixture_hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["shop.example.com", "[::1]"]


def test_where_the_site_is_named_they_lead_there(settings: Settings) -> None:
    settings.SITE_ORIGIN = "https://www.example.com"
    assert origin_of("shop.example.com:4443") == "https://www.example.com"


@pytest.mark.parametrize("host", ["shop.example.com", "[::1]"])
def test_in_production_they_have_no_port_of_the_request_s(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr(links, "PRODUCTION", True)
    assert origin_of(host) == f"http://{host}"
    assert origin_of(f"{host}:4443", secure=True) == f"https://{host}"


def test_elsewhere_the_port_is_the_one_of_the_server_at_hand() -> None:
    assert origin_of("shop.example.com:8000") == "http://shop.example.com:8000"


@pytest.mark.parametrize("origin", ["", "https://example.com", "http://127.0.0.1:8000", "https://[::1]:8443"])
def test_an_origin_is_scheme_and_host(origin: str) -> None:
    assert checked_origin(origin, name="SITE_ORIGIN") == origin


@pytest.mark.parametrize(
    "origin",
    ["example.com", "https://example.com/", "https://a@example.com", "ftp://example.com", "https://"],
)
def test_anything_else_stops_the_boot(origin: str) -> None:
    with pytest.raises(SystemExit, match="SITE_ORIGIN is"):
        checked_origin(origin, name="SITE_ORIGIN")
