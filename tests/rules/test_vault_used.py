"""vault-used."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/environment/stores/vault.py", new=None)

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\nhvac = "^1"\n',
    "shop/settings.py": "INSTALLED_APPS = []\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/secrets.py", "import hvac\n"),
        ("shop/secrets.py", "def read():\n    from hvac import thing\n"),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\nhvac = "^1"\n'),
    ],
)
def test_it_is_used_or_not_there(path: str, text: str) -> None:
    passes("vault-used", {**FILES, path: text})


@pytest.mark.parametrize(("path", "text"), [("a.py", "# import hvac\n"), ("tests/a.py", "import hvac\n")])
def test_it_is_not(path: str, text: str) -> None:
    flags("vault-used", {**FILES, path: text}, "pyproject.toml:2 hvac is installed, and nothing")
