"""pytest-configured."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("pyproject.toml", 'DJANGO_SETTINGS_MODULE = "settings_test"\n')

ASKED = '[tool.poetry.group.dev.dependencies]\npytest-django = "^4"\n'
REPO = {
    "pyproject.toml": ASKED,
    "tests/test_home.py": "def test_home(client): ...\n",
    "manage.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", f'{ASKED}[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "config.settings"\n'),
        (
            "pyproject.toml",
            f'{ASKED}[tool.pytest.ini_options]\naddopts = "--ds=config.settings.test --reuse-db"\n',
        ),
        ("pytest.ini", "[pytest]\nDJANGO_SETTINGS_MODULE = config.settings\n"),
        ("setup.cfg", "[tool:pytest]\nDJANGO_SETTINGS_MODULE = config.settings\n"),
        ("conftest.py", "settings.configure(DATABASES={})\n"),
        (
            "docker-compose.yml",
            "services:\n  web:\n    image: x:1\n    environment:\n      DJANGO_SETTINGS_MODULE: a.b\n",
        ),
        ("Dockerfile", "FROM python:3.13\nENV DJANGO_SETTINGS_MODULE=config.settings\n"),
        (".envs/.local/.django", "DJANGO_SETTINGS_MODULE=config.settings\n"),
        ("Makefile", "test:\n\tpytest --ds config.settings\n"),
        ("scripts/test.sh", "export DJANGO_SETTINGS_MODULE=config.settings\npytest\n"),
    ],
)
def test_wherever_it_is_told_passes(path: str, text: str) -> None:
    passes("pytest-configured", {**REPO, path: text})


def test_manage_py_does_not_tell_it() -> None:
    flags("pytest-configured", REPO, "pyproject.toml nothing tells pytest-django")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pytest.ini", "[pytest]\n# DJANGO_SETTINGS_MODULE = config.settings\naddopts = -ra\n"),
        (
            "Dockerfile",
            "FROM python:3.13\nRUN DJANGO_SETTINGS_MODULE=config.build python manage.py collectstatic\n",
        ),
    ],
)
def test_near_misses_do_not(path: str, text: str) -> None:
    where = "pytest.ini:1" if path == "pytest.ini" else "pyproject.toml"
    flags("pytest-configured", {**REPO, path: text}, f"{where} nothing tells pytest-django")


def test_without_tests_or_the_plugin_nothing_is_asked() -> None:
    passes("pytest-configured", {"pyproject.toml": ASKED})
    passes("pytest-configured", {**REPO, "pyproject.toml": "[tool.poetry]\n"})
