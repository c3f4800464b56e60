"""debug-from-environment."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", "DEBUG = DEVELOPMENT", "DEBUG = True")


@pytest.mark.parametrize(
    "text",
    [
        "DEBUG = False",
        "DEBUG = env.bool('DEBUG', False)",
        "DEBUG = env('DEBUG')",
        "DEBUG = config('DEBUG', default=False, cast=bool)",
        "DEBUG = os.environ.get('DEBUG') == '1'",
        "DEBUG = os.environ.get('DEBUG', 'False') == 'True'",
        "DEBUG = ENVIRONMENT == 'development'",
        "DEBUG = True if ENV == 'local' else False",
        "DEBUG = False\nif ENV == 'dev':\n    DEBUG = True",
        "# DEBUG = True",
        "def get_flag(name, key, default_value=None):\n    pass\nDEBUG = get_flag('DEBUG', 'debug', False)",
        "def get_flag(name, key, quiet):\n    pass\nDEBUG = get_flag('DEBUG', 'debug', False)",
        "",
    ],
)
def test_off_in_production(text: str) -> None:
    passes("debug-from-environment", django(text))


def test_on_in_development_alone() -> None:
    passes("debug-from-environment", split("DEBUG = False", development="DEBUG = True"))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("DEBUG = True", "DEBUG is True"),
        ("DEBUG = env.bool('DEBUG', True)", "unless DEBUG says otherwise"),
        ("DEBUG = config('DEBUG', default='true', cast=bool)", "unless DEBUG says otherwise"),
        ("DEBUG = os.environ.get('APP_DEBUG', '1') == '1'", "unless APP_DEBUG says otherwise"),
        ("DEBUG = bool(os.environ.get('DEBUG', 'False'))", "unless DEBUG says otherwise"),
        ("env = environ.Env(DEBUG=(bool, True)); DEBUG = env('DEBUG')", "unless DEBUG says otherwise"),
    ],
)
def test_on_in_production(text: str, fact: str) -> None:
    flags("debug-from-environment", django(text), f"config/settings.py:2 {fact}")


def test_on_in_productions_own_module() -> None:
    flags(
        "debug-from-environment",
        split("DEBUG = False", "DEBUG = True"),
        "config/settings/production.py:2 DEBUG is True",
    )


@pytest.mark.parametrize(
    "text",
    [
        "DEBUG = bool(os.environ.get('DEBUG', default=0))",
        "DEBUG = bool(os.getenv('DEBUG'))",
        "DEBUG = bool(os.environ['DEBUG'])",
    ],
)
def test_every_text_is_true(text: str) -> None:
    flags("debug-from-environment", django(text), "config/settings.py:2 `0` and `False` too")


@pytest.mark.parametrize(
    "text",
    [
        "DEBUG = bool(int(os.environ.get('DEBUG', 0)))",
        "DEBUG = bool(os.environ.get('DEBUG') == '1')",
        "DEBUG = bool(env.bool('DEBUG'))",
    ],
)
def test_a_number_or_a_comparison_is_not(text: str) -> None:
    passes("debug-from-environment", django(text))


def test_the_default_of_a_reader_of_one_s_own() -> None:
    text = "def get_flag(name, key, default=None):\n    pass\nDEBUG = get_flag('DEBUG', 'debug', True)"
    flags("debug-from-environment", django(text), "config/settings.py:4 unless DEBUG says otherwise")
