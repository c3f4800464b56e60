"""In production, every cookie is one that only this host can set, and only by HTTPS."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import global_settings
from django.contrib.auth import get_user_model
from pytest_django import Settings

from tests.processes import PRODUCTION, SECONDS, database_url, gunicorn

PASSWORD = "correct-horse-battery-staple"


@dataclass
class Jar:
    """Somebody who keeps the cookies of a site, and notes how each was set."""

    port: int
    kept: dict[str, str] = field(default_factory=dict)
    seen: "list[Morsel[str]]" = field(default_factory=list)

    def send(self, method: str, path: str, **form: str) -> tuple[int, str]:
        """Send a request as a proxy that ends TLS would, and return the status and the body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        headers = {
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Origin": "https://localhost",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.kept.items()),
        }
        connection.request(method, path, urlencode(form), headers)
        answer = connection.getresponse()
        for header in answer.msg.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.kept[name] = morsel.coded_value
                self.seen.append(morsel)
        body = answer.read().decode()
        connection.close()
        return answer.status, body


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
@pytest.mark.django_db(transaction=True)
def test_every_cookie_is_this_host_s_alone(settings: Settings, tmp_path: Path, static_root: Path) -> None:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS  # for the server to know the hash
    email = f"{uuid4().hex}@example.com"
    get_user_model().objects.create_user(email=email, password=PASSWORD)
    variables = PRODUCTION | {"STATIC_ROOT": str(static_root), "DATABASE_URL": database_url()}
    with gunicorn(tmp_path / "log", "config.wsgi:application", **variables) as (_, port):
        jar = Jar(port)
        assert jar.send("GET", "/accounts/signup/dead-link/")[0] == 302  # and a message
        page = jar.send("GET", "/accounts/login/")[1]
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
        login = {"username": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert jar.send("POST", "/accounts/login/", **login)[0] == 302
        assert email in jar.send("GET", "/")[1]
    assert {morsel.key for morsel in jar.seen} == {"__Host-sessionid", "__Host-csrftoken", "__Host-messages"}
    for morsel in jar.seen:
        assert (morsel["secure"], morsel["path"], morsel["domain"]) == (True, "/", ""), morsel
        assert morsel["samesite"] == "Lax", morsel
        # Scripts may read the token of the forms, which pages hold anyway.
        assert bool(morsel["httponly"]) == (morsel.key != "__Host-csrftoken" and bool(morsel.value)), morsel


def test_a_developer_s_browser_takes_cookies_without_https(settings: Settings) -> None:
    assert (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME) == ("sessionid", "csrftoken")
    assert not settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_HTTPONLY
