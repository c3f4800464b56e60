"""settings-module-default."""

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "config/settings_local.py",
    "",
    "from config.settings import *\n",
    more=(
        Break("config/settings_production.py", "", "from config.settings import *\n"),
        Break("config/wsgi.py", '"config.settings"', '"config.settings_local"'),
    ),
)


def serving(module: str) -> dict[str, str]:
    return split("") | {
        "config/wsgi.py": f"import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '{module}')\n"
    }


def test_productions_settings() -> None:
    passes("settings-module-default", serving("config.settings.production"))


def test_one_module_for_all() -> None:
    passes(
        "settings-module-default",
        django("", config__wsgi="os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n"),
    )


def test_an_image_that_sets_the_variable() -> None:
    dockerfile = "FROM python:3.13\nENV DJANGO_SETTINGS_MODULE=config.settings.production\n"
    passes("settings-module-default", serving("config.settings.local") | {"Dockerfile": dockerfile})


def test_developments_settings() -> None:
    flags(
        "settings-module-default",
        serving("config.settings.local"),
        "config/wsgi.py:2 config/settings/local.py",
    )
