"""silk-wired."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/development/settings.py", '        "silk.middleware.SilkyMiddleware",\n')


SETTINGS = "INSTALLED_APPS = ['silk']\nMIDDLEWARE = ['silk.middleware.SilkyMiddleware']"
URLS = "urlpatterns = [path('silk/', include('silk.urls', namespace='silk'))]\n"


def test_wired() -> None:
    passes("silk-wired", django(SETTINGS, "django-silk", urls=URLS))


def test_not_installed() -> None:
    passes("silk-wired", django(""))


def test_no_addresses() -> None:
    flags("silk-wired", django(SETTINGS, "django-silk"), "pyproject.toml:4 among the addresses")


def test_no_middleware() -> None:
    text = "INSTALLED_APPS = ['silk']\nMIDDLEWARE = [\n    # 'silk.middleware.SilkyMiddleware',\n]"
    flags("silk-wired", django(text, "django-silk", urls=URLS), "pyproject.toml:4 in MIDDLEWARE")
