"""https-settings."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/browser/settings.py",
    "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION",
    "CSRF_COOKIE_SECURE = PRODUCTION",
)


SECURITY, SESSIONS, CSRF = (
    "'django.middleware.security.SecurityMiddleware'",
    "'django.contrib.sessions.middleware.SessionMiddleware'",
    "'django.middleware.csrf.CsrfViewMiddleware'",
)
MIDDLEWARE = f"MIDDLEWARE = [{SECURITY}, {SESSIONS}, {CSRF}]\n"
COOKIES = "SESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\n"
REST = "SECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 3600\n"


@pytest.mark.parametrize(
    "text",
    [
        COOKIES + REST,
        COOKIES
        + "SECURE_SSL_REDIRECT = env.bool('REDIRECT', default=True)\nSECURE_HSTS_SECONDS = env.int('HSTS')",
        f"if not DEBUG:\n    {(COOKIES + REST).strip().replace(chr(10), chr(10) + '    ')}",
        "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG\n" + REST,
        "from elsewhere import *",
    ],
)
def test_on(text: str) -> None:
    passes("https-settings", django(MIDDLEWARE + text))


@pytest.mark.parametrize(
    ("text", "where", "fact"),
    [
        (REST, "", "SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE off"),
        (COOKIES, "", "SECURE_SSL_REDIRECT, SECURE_HSTS_SECONDS off"),
        (
            "SESSION_COOKIE_SECURE = False\nCSRF_COOKIE_SECURE = True\n" + REST,
            ":3",
            "SESSION_COOKIE_SECURE off",
        ),
        (
            COOKIES + "SECURE_SSL_REDIRECT = env.bool('REDIRECT', False)\nSECURE_HSTS_SECONDS = 1",
            ":5",
            "SECURE_SSL_REDIRECT (unless REDIRECT says otherwise) off",
        ),
        (
            REST + f"if DEBUG:\n    {COOKIES.strip().replace(chr(10), chr(10) + '    ')}",
            ":6",
            "COOKIE_SECURE off",
        ),
    ],
)
def test_off(text: str, where: str, fact: str) -> None:
    flags("https-settings", django(MIDDLEWARE + text), f"config/settings.py{where} {fact}")


def test_a_proxy_may_redirect() -> None:
    proxy = "server {\n  return 301 https://$host$request_uri;\n"
    proxy += "  add_header Strict-Transport-Security 'max-age=1';\n}\n"
    passes("https-settings", django(MIDDLEWARE + COOKIES) | {"deploy/nginx/nginx.conf": proxy})


def test_a_proxy_that_does_not() -> None:
    files = django(MIDDLEWARE + COOKIES) | {"nginx.conf": "server { listen 80; }\n"}
    flags("https-settings", files, "config/settings.py SECURE_SSL_REDIRECT, SECURE_HSTS_SECONDS off")


@pytest.mark.parametrize(
    "text",
    [
        f"MIDDLEWARE = [{SECURITY}]\n{REST}",
        f"MIDDLEWARE = [{SECURITY}, {SESSIONS}]\nSESSION_COOKIE_SECURE = True\n{REST}",
        f"{MIDDLEWARE}SESSION_COOKIE_SECURE = CSRF_USE_SESSIONS = True\n{REST}",
        f"{MIDDLEWARE}SESSION_COOKIE_SECURE = True\nCSRF_USE_SESSIONS = env.bool('X', default=True)\n{REST}",
    ],
)
def test_a_cookie_that_nothing_sends(text: str) -> None:
    passes("https-settings", django(text))


def test_what_the_project_silences_of_django_s_own_checks() -> None:
    text = COOKIES + "SECURE_HSTS_SECONDS = 3600\nSILENCED_SYSTEM_CHECKS = ['security.W008']"
    passes("https-settings", django(MIDDLEWARE + text))
    flags(
        "https-settings",
        django(MIDDLEWARE + COOKIES + "SILENCED_SYSTEM_CHECKS = ['security.W008', 'models.W042']"),
        "config/settings.py leave SECURE_HSTS_SECONDS off",
    )
