"""environment-example."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(".env.example", new=None)

FILES = {"shop/settings.py": 'import os\n\nINSTALLED_APPS = []\nA = os.environ["A"]\nB = os.getenv("B")\n'}


@pytest.mark.parametrize(
    "path",
    [
        ".env.example",
        "env.sample",
        "backend/.env.template",
        ".env_example",
        ".env-dist.dev",
        ".env.development",
        ".envs/.local/.django",
    ],
)
def test_there_is_one(path: str) -> None:
    passes("environment-example", {**FILES, path: "A=\n"})


def test_there_is_none() -> None:
    flags("environment-example", FILES, "shop/settings.py the code reads A, B from the environment")


def test_ones_own_is_no_example() -> None:
    files = {**FILES, ".env": "A=1\n", ".env.local": "A=1\n", ".gitignore": ".env*\n"}
    flags("environment-example", files, "shop/settings.py")


def test_who_reads_nothing_needs_none() -> None:
    passes("environment-example", {"shop/settings.py": 'INSTALLED_APPS = []\n# os.environ["A"]\n'})


def test_what_services_take() -> None:
    compose = "services:\n  web:\n    build: .\n    env_file: [config/development, .env]\n"
    files = {**FILES, "compose.yml": compose}
    passes("environment-example", {**files, "config/development": "A=\n"})
    flags("environment-example", {**files, ".env": "A=\n"}, "shop/settings.py")


def test_what_reads_is_named_and_not_what_comes_first() -> None:
    tests = {"manage.py": "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"}
    files = {**FILES, **tests, "tests/settings.py": "INSTALLED_APPS = []\n"}
    flags("environment-example", files, "shop/settings.py the code reads")
