"""debug-tools-development-only."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '    "csp",\n', '    "csp",\n    "nplusone.ext.django",\n')


@pytest.mark.parametrize(
    "text",
    [
        "INSTALLED_APPS = ['shop']",
        "INSTALLED_APPS = []\nif DEBUG:\n    INSTALLED_APPS += ['debug_toolbar']",
        "INSTALLED_APPS = []\nif ENABLE_SILK:\n    INSTALLED_APPS += ['silk']",
        "INSTALLED_APPS = [*(['silk'] if ENV == 'local' else [])]",
        "INSTALLED_APPS = ['debug_toolbar']\nif not DEBUG:\n    INSTALLED_APPS = ['shop']",
        "INSTALLED_APPS = []  # 'silk'",
    ],
)
def test_not_in_production(text: str) -> None:
    passes("debug-tools-development-only", django(text))


def test_development_may_have_them() -> None:
    passes(
        "debug-tools-development-only",
        split("INSTALLED_APPS = []", development="INSTALLED_APPS += ['debug_toolbar', 'silk']"),
    )


def test_in_production() -> None:
    text = "INSTALLED_APPS = [\n    'silk',\n]\n"
    text += "MIDDLEWARE = ['silk.middleware.SilkyMiddleware', 'querycount.middleware.X']"
    flags(
        "debug-tools-development-only",
        django(text),
        "config/settings.py:3 has silk in",
        "config/settings.py:5 querycount.middleware.X",
    )


def test_in_the_base_of_production() -> None:
    flags(
        "debug-tools-development-only",
        split("INSTALLED_APPS = ['debug_toolbar']"),
        "config/settings/base.py:2 debug_toolbar",
    )
    passes(
        "debug-tools-development-only", split("INSTALLED_APPS = ['silk']", "INSTALLED_APPS.remove('silk')")
    )
