"""token-auth-wired."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '    "rest_framework.authtoken",\n')


def api(apps: str, classes: str) -> dict[str, str]:
    return django(
        f"INSTALLED_APPS = {apps}\nREST_FRAMEWORK = {{'DEFAULT_AUTHENTICATION_CLASSES': {classes}}}"
    )


TOKENS = "['rest_framework.authentication.TokenAuthentication']"


def test_wired() -> None:
    passes("token-auth-wired", api("['rest_framework', 'rest_framework.authtoken']", TOKENS))


def test_not_asked_for_or_not_told() -> None:
    passes(
        "token-auth-wired",
        api("['rest_framework']", "['rest_framework.authentication.SessionAuthentication']"),
    )
    passes("token-auth-wired", api("apps()", TOKENS))
    passes("token-auth-wired", api("[]", "['own.TokenAuthentication']"))


def test_no_table() -> None:
    flags("token-auth-wired", api("['rest_framework']", TOKENS), "config/settings.py:3 no table of tokens")
