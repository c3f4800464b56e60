"""static-whitenoise."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '    "stack.static.middleware.StaticFilesMiddleware",\n')


ROOT = "STATIC_ROOT = BASE_DIR / 'static'\n"
THERE = "MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']\n"


def test_wired() -> None:
    passes("static-whitenoise", django(THERE + ROOT, "whitenoise"))


def test_around_the_application() -> None:
    wsgi = "from whitenoise import WhiteNoise\napplication = WhiteNoise(application)\n"
    passes("static-whitenoise", django("MIDDLEWARE = []\n" + ROOT, "whitenoise", config__wsgi=wsgi))


def test_not_installed_or_not_told() -> None:
    passes("static-whitenoise", django("MIDDLEWARE = []"))
    passes("static-whitenoise", django("from elsewhere import *\nMIDDLEWARE = [*MORE]", "whitenoise"))


def test_not_in_middleware() -> None:
    text = ROOT + "MIDDLEWARE = [\n    # 'whitenoise.middleware.WhiteNoiseMiddleware',\n]"
    flags("static-whitenoise", django(text, "whitenoise"), "config/settings.py:3 serves nothing")


def test_no_place_for_files() -> None:
    flags("static-whitenoise", django(THERE, "whitenoise"), "config/settings.py STATIC_ROOT is not set")
