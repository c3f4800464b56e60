"""tests-present."""

import pytest

from tests.rules.repo import findings, passes, without

BREAK = without(r"\s*(?:async )?def test|\s*def \w+_test\(")

MANAGE = {"manage.py": "import django\n", "shop/models.py": "class Order: ...\n"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/test_pages.py", "def test_home(client):\n    ...\n"),
        ("shop/tests.py", "class OrderTests(TestCase):\n    def test_total(self): ...\n"),
        ("src/shop/tests/test_async.py", "async def test_home(): ...\n"),
        ("features/shop.feature", "Feature: shop\n"),
    ],
)
def test_a_test_passes(path: str, text: str) -> None:
    passes("tests-present", {**MANAGE, path: text})


@pytest.mark.parametrize(
    "text", ["from django.test import TestCase\n\n# Create your tests here.\n", "# def test_x():\n"]
)
def test_what_startapp_leaves_is_none(text: str) -> None:
    (finding,) = findings("tests-present", {**MANAGE, "shop/tests.py": text})
    assert finding.fact == "there is no test"


def test_a_folder_without_python_is_not_known() -> None:
    passes("tests-present", {"README.md": "", "docker-compose.yml": "services: {}\n"})
