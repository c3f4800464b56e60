"""django-filter-wired."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '    "django_filters",\n')


THERE = "INSTALLED_APPS = ['django_filters']\n"


@pytest.mark.parametrize(
    "text",
    [
        "REST_FRAMEWORK = {'DEFAULT_FILTER_BACKENDS': ['django_filters.rest_framework.DjangoFilterBackend']}",
        "from elsewhere import *",
    ],
)
def test_in_the_settings(text: str) -> None:
    passes("django-filter-wired", django(THERE + text, "django-filter"))


def test_in_its_own_code() -> None:
    passes("django-filter-wired", django(THERE, "django-filter", shop__filters="import django_filters\n"))


def test_nothing_uses_it() -> None:
    files = django(THERE + "# django_filters.rest_framework", "django-filter")
    flags("django-filter-wired", files, "pyproject.toml:4 nothing uses it")
    files["shop/tests/test_filters.py"] = "import django_filters\n"
    flags("django-filter-wired", files, "pyproject.toml:4 nothing uses it")


def test_not_an_app() -> None:
    files = django("INSTALLED_APPS = []", "django-filter", shop__filters="import django_filters\n")
    flags("django-filter-wired", files, "config/settings.py:2 templates are not found")
