"""sentry-initialised."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/sentry/apps.py", "sentry_sdk.init(", "sentry_sdk.Client(")

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\nsentry-sdk = "^2"\n',
    "shop/settings.py": "INSTALLED_APPS = []\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/settings.py", "INSTALLED_APPS = []\nsentry_sdk.init(dsn=DSN)\n"),
        ("shop/settings/production.py", "import sentry_sdk\n\nsentry_sdk.init(\n    dsn=DSN,\n)\n"),
        ("shop/apps.py", "from sentry_sdk import init as start\n"),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\nsentry-sdk = "^2"\n'),
        ("pyproject.toml", ""),
    ],
)
def test_it_is_started_or_not_there(path: str, text: str) -> None:
    passes("sentry-initialised", {**FILES, path: text})


@pytest.mark.parametrize(
    "text", ["", "# sentry_sdk.init(dsn=DSN)\n", "import sentry_sdk\n\nsentry_sdk.set_tag('a', 'b')\n"]
)
def test_it_is_not_started(text: str) -> None:
    flags(
        "sentry-initialised", {**FILES, "shop/x.py": text}, "pyproject.toml:2 nothing calls sentry_sdk.init"
    )


def test_a_test_starts_nothing() -> None:
    flags("sentry-initialised", {**FILES, "tests/x.py": "sentry_sdk.init()\n"}, "pyproject.toml:2")
