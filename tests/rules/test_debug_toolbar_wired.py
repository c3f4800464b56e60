"""debug-toolbar-wired."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("stack/development/urls.py", '        path("__debug__/", include("debug_toolbar.urls")),\n')


TOOLBAR = "debug_toolbar.middleware.DebugToolbarMiddleware"
SETTINGS = (
    "INSTALLED_APPS = []\nMIDDLEWARE = []\nif DEBUG:\n    INSTALLED_APPS += ['debug_toolbar']\n"
    f"    MIDDLEWARE += ['{TOOLBAR}']"
)
URLS = "urlpatterns = [path('__debug__/', include('debug_toolbar.urls'))]\n"


@pytest.mark.parametrize(
    "urls",
    [
        URLS,
        "import debug_toolbar\nurlpatterns = [path('x/', include(debug_toolbar.urls))]\n",
        "from debug_toolbar.toolbar import debug_toolbar_urls\nurlpatterns = debug_toolbar_urls()\n",
        "from debug_toolbar import urls as toolbar\nurlpatterns = [path('x/', include(toolbar))]\n",
    ],
)
def test_wired(urls: str) -> None:
    passes("debug-toolbar-wired", django(SETTINGS, "django-debug-toolbar", urls=urls))


def test_wired_in_developments_module() -> None:
    local = f"INSTALLED_APPS += ['debug_toolbar']\nMIDDLEWARE += ['{TOOLBAR}']"
    files = split("INSTALLED_APPS = []\nMIDDLEWARE = []", development=local)
    packages = django("", "django-debug-toolbar", urls=URLS)
    passes(
        "debug-toolbar-wired", files | {name: packages[name] for name in ("pyproject.toml", "config/urls.py")}
    )


def test_addresses_of_an_app_that_is_included() -> None:
    urls = "urlpatterns = [path('', include('shop.urls'))]\n"
    passes("debug-toolbar-wired", django(SETTINGS, "django-debug-toolbar", urls=urls, shop__urls=URLS))


def test_addresses_that_nothing_leads_to() -> None:
    flags(
        "debug-toolbar-wired",
        django(SETTINGS, "django-debug-toolbar", shop__urls=URLS),
        "pyproject.toml:4 among the addresses",
    )


def test_nothing_of_it() -> None:
    text = "INSTALLED_APPS = ['x']  # debug_toolbar\nMIDDLEWARE = []"
    flags(
        "debug-toolbar-wired",
        django(text, "django-debug-toolbar"),
        'pyproject.toml:4 no "debug_toolbar" in INSTALLED_APPS, and no',
    )


def test_not_installed_or_not_told() -> None:
    passes("debug-toolbar-wired", django("INSTALLED_APPS = []"))
    passes(
        "debug-toolbar-wired",
        django("INSTALLED_APPS = apps()\nMIDDLEWARE = chain()", "django-debug-toolbar", urls=URLS),
    )


def test_what_developers_copy_turns_it_on() -> None:
    files = django("INSTALLED_APPS = []\nMIDDLEWARE = []", "django-debug-toolbar")
    example = "from .settings import *\nINSTALLED_APPS += ['debug_toolbar']\n"
    passes("debug-toolbar-wired", {**files, "config/local.py.example": example})
    commented = "# debug_toolbar, if you want\n"
    assert findings("debug-toolbar-wired", {**files, "config/local.py.example": commented})
