"""templates-wired."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '"DIRS": [BASE_DIR / "templates"]', '"DIRS": []')


PAGE = {"shop/__init__.py": "", "shop/templates/shop/index.html": "<p></p>\n"}
APPS = "INSTALLED_APPS = ['shop']\n"


@pytest.mark.parametrize(
    "text",
    [
        "TEMPLATES = [{'BACKEND': 'x', 'APP_DIRS': True}]",
        "TEMPLATES = [{'BACKEND': 'x', 'OPTIONS': {'loaders': ['x']}}]",
        "TEMPLATES = [{'BACKEND': 'x', 'DIRS': [BASE_DIR / 'shop' / 'templates']}]",
        "TEMPLATES = templates()",
        "from elsewhere import *",
    ],
)
def test_found_or_not_told(text: str) -> None:
    passes("templates-wired", django(APPS + text) | PAGE)


def test_no_pages() -> None:
    passes("templates-wired", django(APPS + "TEMPLATES = [{'BACKEND': 'x'}]") | {"shop/__init__.py": ""})


def test_not_found() -> None:
    flags(
        "templates-wired",
        django(APPS + "TEMPLATES = [{'BACKEND': 'x', 'DIRS': []}]") | PAGE,
        "config/settings.py:3 shop/templates",
    )


def test_a_folder_beside_manage() -> None:
    page = {"templates/index.html": "<p></p>\n"}
    passes("templates-wired", django("TEMPLATES = [{'DIRS': [BASE_DIR / 'templates']}]") | page)
    passes("templates-wired", django("TEMPLATES = [{'DIRS': folders()}]") | page)
    files = django("TEMPLATES = [{'APP_DIRS': True}]") | page
    flags("templates-wired", files, "config/settings.py:2 does not look into templates")
