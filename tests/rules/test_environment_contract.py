"""environment-contract."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(".env.example", "# LETTERS_KEEP_DAYS=90\n")

EXAMPLE = {".env.example": "KNOWN=\n# COMMENTED=1\nexport EXPORTED=1\n"}
OWN = """\
from environ import Env

env = Env()


def required(name, *, fallback):
    return env.ENVIRON.get(name) or fallback


def secret(name):
    return required(name, fallback="x")
"""


def read(text: str) -> dict[str, str]:
    return {**EXAMPLE, "shop/settings.py": f"INSTALLED_APPS = []\n{text}\n"}


@pytest.mark.parametrize(
    "text",
    [
        'import os; A = os.environ["PAYMENT_KEY"]',
        'import os; A = os.environ.get("PAYMENT_KEY", "")',
        'import os; A = os.getenv("PAYMENT_KEY")',
        'from os import environ; A = environ["PAYMENT_KEY"]',
        'import environ; env = environ.Env(); A = env.int("PAYMENT_KEY", default=3)',
        'import environ; e = environ.FileAwareEnv(); A = e("PAYMENT_KEY")',
        'from environs import env; A = env.str("PAYMENT_KEY")',
        'from decouple import config; A = config("PAYMENT_KEY", cast=int)',
        'from .base import *; A = env("PAYMENT_KEY")',
    ],
)
def test_a_variable_that_the_example_lacks(text: str) -> None:
    flags(
        "environment-contract",
        read(text),
        ".env.example the variable PAYMENT_KEY, which shop/settings.py:2 reads, is not named",
    )


@pytest.mark.parametrize(
    "text",
    [
        'import os; A = os.environ["KNOWN"], os.environ["COMMENTED"], os.environ["EXPORTED"]',
        '# A = os.environ["PAYMENT_KEY"]',
        'import os; os.environ.setdefault("DJANGO_SETTINGS_MODULE", "x"); os.environ["PAYMENT_KEY"] = "1"',
        'import os; A = os.environ.get("HOME"), os.environ.get("GITHUB_ACTIONS"), os.getenv("CI")',
        "import os; A = os.environ[name]",
        'A = config["PAYMENT_KEY"], settings.get("PAYMENT_KEY"), get("PAYMENT_KEY"), _("PAYMENT")',
        'from constance import config; A = config("PAYMENT_KEY")',
        'def view(environ): return environ.get("CONTENT_TYPE")',
    ],
)
def test_what_it_has_and_what_is_none(text: str) -> None:
    passes("environment-contract", read(text))


def test_functions_of_ones_own_that_read() -> None:
    files = {
        **read("A = 1"),
        "shop/environment.py": OWN,
        "shop/x.py": 'from shop.environment import secret\n\nA = secret("KEY")\n',
    }
    flags("environment-contract", files, ".env.example the variable KEY, which shop/x.py:3 reads")


def test_a_reader_that_another_module_has_made() -> None:
    files = {
        **read("A = 1"),
        "shop/base.py": "from decouple import AutoConfig\n\napp_config = AutoConfig()\n",
        "shop/x.py": 'from shop.base import app_config\n\nA = app_config("KEY")\n',
    }
    flags("environment-contract", files, ".env.example the variable KEY, which shop/x.py:3 reads")


def test_functions_of_that_name_that_are_others() -> None:
    files = {
        **read("A = 1"),
        "shop/environment.py": OWN,
        "shop/x.py": 'from other import thing\n\nA = secret("KEY")\n',
    }
    passes("environment-contract", files)


def test_each_variable_once() -> None:
    files = read('import os; A = os.environ["A_KEY"], os.environ["A_KEY"]') | {
        "shop/x.py": 'os.environ["A_KEY"]\n'
    }
    flags("environment-contract", files, ".env.example A_KEY, which shop/settings.py:2 reads")


@pytest.mark.parametrize("path", ["scripts/deploy.py", "tests/conftest.py", "other/service.py"])
def test_what_is_not_of_the_project(path: str) -> None:
    text = 'import os\n\nos.environ["PAYMENT_KEY"]\n'
    passes("environment-contract", {**EXAMPLE, "backend/manage.py": "", path: text})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Dockerfile", "FROM python:3.13\nENV PAYMENT_KEY=1\n"),
        ("compose/entrypoint.sh", "export PAYMENT_KEY=$A\n"),
        ("compose.yml", "services:\n  web:\n    build: .\n    environment:\n      PAYMENT_KEY: a\n"),
    ],
)
def test_what_the_repository_sets_itself(path: str, text: str) -> None:
    passes("environment-contract", {**read('import os; A = os.environ["PAYMENT_KEY"]'), path: text})


def test_what_a_build_leaves_out_sets_nothing() -> None:
    files = read('import os; A = os.environ["MEDIA"]') | {"Dockerfile.dockerignore": "MEDIA\nSTATIC\n"}
    flags("environment-contract", files, ".env.example the variable MEDIA")


def test_no_example_is_another_rules() -> None:
    passes("environment-contract", {"shop/settings.py": 'import os\n\nA = os.environ["PAYMENT_KEY"]\n'})


def test_it_is_put_right() -> None:
    files = read('import os; A = os.environ["PAYMENT_KEY"]')
    (edit,) = findings("environment-contract", files)[0].edits
    files[edit.path] = edited(files[edit.path], edit) or ""
    assert files[".env.example"] == f"{EXAMPLE['.env.example']}# PAYMENT_KEY=\n"
    passes("environment-contract", files)


def test_many_are_one_finding() -> None:
    names = [f"KEY_{letter}" for letter in "ABCDEF"]
    files = read("import os; A = " + ", ".join(f"os.getenv('{name}')" for name in names))
    flags(
        "environment-contract",
        files,
        f".env.example 6 variables are read that .env.example does not name: {', '.join(names)}",
    )
    (edit,) = findings("environment-contract", files)[0].edits
    files[edit.path] = edited(files[edit.path], edit) or ""
    passes("environment-contract", files)


def test_the_example_beside_manage_is_the_one() -> None:
    files = {
        **EXAMPLE,
        "backend/.env.example": "KNOWN=\n",
        "backend/manage.py": "",
        "backend/shop/settings.py": "import os\n\nINSTALLED_APPS = []\nA = os.environ['PAYMENT_KEY']\n",
    }
    flags(
        "environment-contract",
        files,
        "backend/.env.example the variable PAYMENT_KEY, which backend/shop/settings.py:4 reads",
    )


def test_many_less_one_bring_nothing_new() -> None:
    files = read("import os; A = " + ", ".join(f"os.getenv('KEY_{letter}')" for letter in "ABCDEF"))
    before = findings("environment-contract", files)
    files[".env.example"] += "KEY_B=\n"
    after = findings("environment-contract", files)
    assert len(before) == 1 and len(after) == 5
    assert {(item.where, name) for item in after for name in item.names} < {
        (item.where, name) for item in before for name in item.names
    }
