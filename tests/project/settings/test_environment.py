"""Values that come from the environment, whatever reads it."""

from pathlib import Path
from typing import Any

import pytest

from stackyard.project.settings.values import Unknown
from tests.project.settings.read import HEAD, every, one, production, variable


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("import os\nX = os.environ['NAME']", ...),
        ("import os\nX = os.environ.get('NAME', 'x')", "x"),
        ("from os import getenv\nX = getenv('NAME', default='x')", "x"),
        ("import os\nX = os.getenv('NAME') or 'x'", "x"),
        ("import os\nX = os.getenv('NAME', 'a,b').split(',')[0:]", None),
        ("import environ\nenv = environ.Env()\nX = env('NAME')", ...),
        ("import environ\nenv = environ.Env(NAME=(str, 'x'))\nX = env('NAME')", "x"),
        ("env = environ.Env()\nX = env.str('NAME', 'x')", "x"),
        ("from decouple import config\nX = config('NAME', default='x', cast=str)", "x"),
        ("from environs import Env\nenv = Env()\nX = env.str('NAME', default='x')", "x"),
        ("X = get_env_variable('NAME')", ...),
        ("X = int(os.environ.get('NAME', '7'))", 7),
        ("X = os.environ.get('NAME', 'False') == 'True'", False),
        ("X = os.environ.get('NAME', 'true').lower() in ('1', 'true')", True),
        ("X = bool(os.environ.get('NAME', 'False'))", True),
        ("X = strtobool(os.environ.get('NAME', 'False'))", False),
    ],
)
def test_readers(tmp_path: Path, text: str, default: object) -> None:
    value = one(tmp_path, text).value("X")
    if default is not None:
        assert variable(value) == ("NAME", default)


def test_a_scheme_of_another_module_counts(tmp_path: Path) -> None:
    files = {
        "config/env.py": "import environ\nenv = environ.Env(DEBUG=(bool, True))\n",
        "config/settings.py": f"from config.env import env\n{HEAD}DEBUG = env('DEBUG')\n",
    }
    assert variable(production(tmp_path, files).value("DEBUG")) == ("DEBUG", True)


@pytest.mark.parametrize(
    ("text", "name", "default"),
    [
        ("dj_database_url.config(default='sqlite:///db')", "DATABASE_URL", "sqlite:///db"),
        ("dj_database_url.config(env='DB')", "DB", ...),
        ("dj_database_url.parse(os.environ['DATABASE_URL'])", "DATABASE_URL", ...),
        ("env.db('DATABASE_URL', default='postgres:///x')", "DATABASE_URL", "postgres:///x"),
        ("env.db()", "DATABASE_URL", ...),
    ],
)
def test_addresses_of_databases(tmp_path: Path, text: str, name: str, default: object) -> None:
    databases = one(tmp_path, f"DATABASES = {{'default': {text}}}").value("DATABASES")
    assert variable(databases.get("default")) == (name, default)


def test_django_configurations_calls_variables_as_their_settings(tmp_path: Path) -> None:
    text = (
        "from configurations import Configuration, values\n"
        "class Base(Configuration):\n"
        f"    {HEAD}"
        "    SECRET_KEY = values.SecretValue()\n"
        "    DEBUG = values.BooleanValue(False)\n"
        "    INSTALLED_APPS = ['one']\n"
        "    MIDDLEWARE = ['one']\n"
        "    HOST = values.Value('x', environ_name='PLACE', environ_prefix=None)\n"
        "    @property\n"
        "    def LOGGING(self):\n"
        "        return {}\n"
        "    @classmethod\n"
        "    def post_setup(cls):\n"
        "        super().post_setup()\n"
        "        if cls.TRACED:\n"
        "            cls.MIDDLEWARE.append('traces')\n"
        "class Dev(Base):\n"
        "    DEBUG = True\n"
        "    def __init__(self):\n"
        "        self.INSTALLED_APPS += ['extensions']\n"
        "class Production(Base):\n"
        "    SECURE_SSL_REDIRECT = True\n"
    )
    found = production(tmp_path, {"app/settings.py": text})
    assert found.name == "Production"
    assert variable(found.value("SECRET_KEY")) == ("DJANGO_SECRET_KEY", ...)
    assert variable(found.value("DEBUG")) == ("DJANGO_DEBUG", False)
    assert variable(found.value("HOST")) == ("PLACE", "x")
    assert found.value("SECURE_SSL_REDIRECT") is True
    assert "LOGGING" in found
    (item,) = found.items("MIDDLEWARE").items[1:]
    assert (item.value, item.condition) == ("traces", "TRACED")
    assert found.items("INSTALLED_APPS").texts() == ["one"]
    other = every(tmp_path, {}).development
    assert other is not None and other.items("INSTALLED_APPS").texts() == ["one", "extensions"]


def test_fields_of_pydantic_are_variables(tmp_path: Path) -> None:
    text = (
        "from pydantic_settings import BaseSettings\n"
        "class Env(BaseSettings):\n    secret_key: str\n    debug: bool = False\n"
        "env = Env()\nSECRET_KEY = env.secret_key\nDEBUG = env.debug\n"
    )
    found = one(tmp_path, text)
    assert variable(found.value("SECRET_KEY")) == ("SECRET_KEY", ...)
    assert variable(found.value("DEBUG")) == ("DEBUG", False)


@pytest.mark.parametrize("text", ["gettext('NAME')", "timedelta('X')", "Path('NAME')", "load(path)"])
def test_what_reads_no_variable_is_unknown(tmp_path: Path, text: str) -> None:
    value: Any = one(tmp_path, f"X = {text}").value("X")
    assert isinstance(value, Unknown)
