"""cors-wired."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '    "corsheaders.middleware.CorsMiddleware",\n')


CORS = "corsheaders.middleware.CorsMiddleware"


def test_wired() -> None:
    text = f"INSTALLED_APPS = ['corsheaders']\nMIDDLEWARE = ['{CORS}']"
    passes("cors-wired", django(text, "django-cors-headers"))


def test_not_installed_or_not_told() -> None:
    passes("cors-wired", django("INSTALLED_APPS = []\nMIDDLEWARE = []"))
    passes("cors-wired", django("INSTALLED_APPS = apps()\nMIDDLEWARE = chain()", "django-cors-headers"))


def test_neither() -> None:
    text = f"INSTALLED_APPS = []  # corsheaders\nMIDDLEWARE = []  # {CORS}"
    flags(
        "cors-wired",
        django(text, "django-cors-headers"),
        "config/settings.py:2 neither INSTALLED_APPS nor MIDDLEWARE",
    )


def test_one_of_them() -> None:
    text = f"INSTALLED_APPS = []\nMIDDLEWARE = ['{CORS}']"
    flags("cors-wired", django(text, "django-cors-headers"), "config/settings.py:2 INSTALLED_APPS does not")
