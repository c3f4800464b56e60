"""mypy-configured."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("pyproject.toml", '"mypy_django_plugin.main", ')

ASKED = '[tool.poetry.group.dev.dependencies]\nmypy = "^2"\n'
STUBS = f'{ASKED}django-stubs = "^6"\n'
PLUGIN = 'plugins = ["mypy_django_plugin.main"]\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", f"{ASKED}[tool.mypy]\nstrict = true\n"),
        ("mypy.ini", "[mypy]\nstrict = True\n"),
        ("setup.cfg", "[mypy]\ncheck_untyped_defs = True\n"),
        ("config/mypy.ini", "[mypy]\nstrict = True\n"),
        ("Makefile", "types:\n\tmypy --strict apps\n"),
        (".pre-commit-config.yaml", "repos:\n  - hooks:\n    - {id: mypy, args: [--config-file=x.ini]}\n"),
    ],
)
def test_a_configuration_passes(path: str, text: str) -> None:
    passes("mypy-configured", {"pyproject.toml": ASKED, path: text})


@pytest.mark.parametrize(
    "text",
    [
        f"{STUBS}[tool.mypy]\n{PLUGIN}",
        f'{STUBS}[tool.mypy]\nplugins = "mypy_django_plugin.main, pydantic.mypy"\n',
    ],
)
def test_the_plugin_passes(text: str) -> None:
    passes("mypy-configured", {"pyproject.toml": text})


def test_no_configuration() -> None:
    flags("mypy-configured", {"pyproject.toml": ASKED}, "pyproject.toml:2 mypy has no configuration")


def test_stubs_without_their_plugin() -> None:
    files = {"pyproject.toml": STUBS, "mypy.ini": "[mypy]\nstrict = True\nplugins =\n    pydantic.mypy\n"}
    flags("mypy-configured", files, "mypy.ini:3 does not load its plugin")


def test_without_mypy_nothing_is_asked() -> None:
    passes("mypy-configured", {"pyproject.toml": "[tool.poetry]\n"})
