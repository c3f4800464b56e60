"""pylint-configured."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("pyproject.toml", 'load-plugins = ["pylint_django"]\n')

ASKED = '[tool.poetry.group.dev.dependencies]\npylint = "^4"\n'
PLUGIN = f'{ASKED}pylint-django = "^2"\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", f'{ASKED}[tool.pylint."messages control"]\ndisable = ["all"]\n'),
        ("pyproject.toml", f'{PLUGIN}[tool.pylint.main]\nload-plugins = ["pylint_django"]\n'),
        ("pyproject.toml", f'{PLUGIN}[tool.pylint.MASTER]\nload-plugins = "pylint_django,pylint_celery"\n'),
        (".pylintrc", "[MASTER]\nload-plugins=pylint_django\n"),
        ("setup.cfg", "[pylint.MASTER]\nload-plugins=pylint_django\n"),
        ("Makefile", "lint:\n\tpylint --load-plugins pylint_django apps\n"),
        ("backend/.pylintrc", "[MASTER]\nload-plugins=pylint_django\n"),
    ],
)
def test_a_configuration_passes(path: str, text: str) -> None:
    passes("pylint-configured", {"pyproject.toml": ASKED, path: text})


def test_no_configuration() -> None:
    flags("pylint-configured", {"pyproject.toml": ASKED}, "pyproject.toml:2 pylint has no configuration")


@pytest.mark.parametrize("line", ["jobs=2", "# load-plugins=pylint_django"])
def test_a_plugin_that_is_not_loaded(line: str) -> None:
    files = {"pyproject.toml": PLUGIN, ".pylintrc": f"[MASTER]\n{line}\n"}
    flags("pylint-configured", files, ".pylintrc:1 pylint does not load it")


def test_without_pylint_nothing_is_asked() -> None:
    passes("pylint-configured", {"pyproject.toml": "[tool.poetry]\n"})
