"""cors-allow-list."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/cors/settings.py",
    'CORS_URLS_REGEX = r"^/api/.*$"',
    'CORS_ALLOW_ALL_ORIGINS = True\nCORS_URLS_REGEX = r"^/api/.*$"',
)


@pytest.mark.parametrize(
    "text",
    [
        "CORS_ALLOWED_ORIGINS = ['https://x.example.com']",
        "CORS_ALLOW_ALL_ORIGINS = False",
        "CORS_ALLOW_ALL_ORIGINS = DEBUG",
        "CORS_ALLOW_ALL_ORIGINS = env.bool('ALL', False)",
        "if DEBUG:\n    CORS_ALLOW_ALL_ORIGINS = True",
        "# CORS_ALLOW_ALL_ORIGINS = True",
    ],
)
def test_listed(text: str) -> None:
    passes("cors-allow-list", django(text))


def test_development_may_allow_all() -> None:
    passes("cors-allow-list", split("", development="CORS_ALLOW_ALL_ORIGINS = True"))


@pytest.mark.parametrize(
    "text",
    [
        "CORS_ALLOW_ALL_ORIGINS = True",
        "CORS_ORIGIN_ALLOW_ALL = True",
        "CORS_ALLOW_ALL_ORIGINS = env.bool('ALL', default=True)",
    ],
)
def test_all(text: str) -> None:
    flags("cors-allow-list", django(text), "config/settings.py:2 is on in production")


def test_on_for_lack_of_others() -> None:
    text = "import os\nHOSTS = os.environ.get('HOSTS')\nif not HOSTS:\n    CORS_ALLOW_ALL_ORIGINS = True"
    flags("cors-allow-list", django(text), "config/settings.py:5 is on in production, or may be")


@pytest.mark.parametrize("test", ["ORIGINS == ['*']", "'*' in ORIGINS", "ORIGINS == '*'"])
def test_on_if_the_list_says_so(test: str) -> None:
    text = f"ORIGINS = env.list('ORIGINS')\nif {test}:\n    CORS_ALLOW_ALL_ORIGINS = True"
    passes("cors-allow-list", django(text))
    flags("cors-allow-list", django(text.replace(test, f"not ({test})")), "config/settings.py:4 may be")
