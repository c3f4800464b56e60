"""outbox-wired."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '    "django_outbox_pattern",\n')

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\ndjango-outbox-pattern = "^3"\n',
    "shop/settings.py": 'INSTALLED_APPS = ["django_outbox_pattern"]\n',
    "orders/models.py": "from django_outbox_pattern.decorators import publish\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.py", ""),
        ("shop/settings.py", "INSTALLED_APPS = [*others()]\n"),
        ("shop/settings.py", 'INSTALLED_APPS = ["django_outbox_pattern.apps.Config"]\n'),
        ("pyproject.toml", ""),
    ],
)
def test_wired(path: str, text: str) -> None:
    passes("outbox-wired", {**FILES, path: text})


def test_it_has_no_tables() -> None:
    files = {**FILES, "shop/settings.py": 'INSTALLED_APPS = ["orders"]\n'}
    flags("outbox-wired", files, "shop/settings.py:1 not among INSTALLED_APPS")


@pytest.mark.parametrize("text", ["", "# from django_outbox_pattern.decorators import publish\n"])
def test_nothing_is_put_into_it(text: str) -> None:
    flags(
        "outbox-wired",
        {**FILES, "orders/models.py": text},
        "pyproject.toml:2 no event is put into the outbox",
    )
