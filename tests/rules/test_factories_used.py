"""factories-used."""

import pytest

from tests.rules.repo import flags, passes, without

BREAK = without(r"\s*(?:import factory|from factory)\b")

REPO = {
    "pyproject.toml": '[tool.poetry.group.dev.dependencies]\nfactory-boy = "^3"\n',
    "shop/tests/test_orders.py": "def test_orders(client): ...\n",
}


@pytest.mark.parametrize(
    "line",
    [
        "import factory",
        "from factory.django import DjangoModelFactory",
        "from pytest_factoryboy import register",
    ],
)
def test_a_factory_passes(line: str) -> None:
    passes("factories-used", {**REPO, "shop/tests/factories.py": f"{line}\n"})


@pytest.mark.parametrize("line", ["# import factory", "from .factories import order", "import factory_floor"])
def test_none(line: str) -> None:
    flags(
        "factories-used",
        {**REPO, "shop/tests/factories.py": f"{line}\n"},
        "pyproject.toml:2 no module imports factory",
    )


def test_without_the_package_or_tests_nothing_is_asked() -> None:
    passes("factories-used", {**REPO, "pyproject.toml": "[tool.poetry]\n"})
    passes("factories-used", {"pyproject.toml": REPO["pyproject.toml"]})
