"""allowed-hosts."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "config/settings.py",
    'ALLOWED_HOSTS = hosts("ALLOWED_HOSTS", fallback="localhost,127.0.0.1")',
    'ALLOWED_HOSTS = ["*"]',
)


@pytest.mark.parametrize(
    "text",
    [
        "ALLOWED_HOSTS = ['shop.example.com']",
        "ALLOWED_HOSTS = env.list('ALLOWED_HOSTS')",
        "ALLOWED_HOSTS = env.list('ALLOWED_HOSTS', default=[])",
        "ALLOWED_HOSTS = os.environ.get('ALLOWED_HOSTS', '').split(',')",
        "ALLOWED_HOSTS = ['*'] if DEBUG else env.list('HOSTS')",
        "ALLOWED_HOSTS = []\nALLOWED_HOSTS += env.list('HOSTS')",
        "from .elsewhere import *",
        "ALLOWED_HOSTS = get_list(os.getenv('HOSTS', 'x'))",
        "ALLOWED_HOSTS = ['*'] if FLAG else ['x']",
    ],
)
def test_hosts_that_are_named(text: str) -> None:
    passes("allowed-hosts", django(text))


@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        ("ALLOWED_HOSTS = ['*']", ":2", "every host"),
        ("ALLOWED_HOSTS = []", ":2", "is empty"),
        ("", "", "is not set"),
        ("ALLOWED_HOSTS = env.list('HOSTS', default=['*'])", ":2", "every host (*) if HOSTS is not set"),
        ("ALLOWED_HOSTS = get_list(os.getenv('HOSTS', '*'))", ":2", "if HOSTS is not set"),
        (
            "ALLOWED_HOSTS = os.getenv('HOSTS').split(',') if os.getenv('HOSTS') else ['*']",
            ":2",
            "every host (*) if HOSTS is not set",
        ),
        ("ALLOWED_HOSTS = config('HOSTS', default='*', cast=Csv())", ":2", "if HOSTS is not set"),
    ],
)
def test_hosts_that_are_not(text: str, line: str, fact: str) -> None:
    flags("allowed-hosts", django(text), f"config/settings.py{line} {fact}")


def test_development_may_have_all() -> None:
    passes("allowed-hosts", split("", "ALLOWED_HOSTS = ['x']", "ALLOWED_HOSTS = ['*']"))
