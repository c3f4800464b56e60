"""drf-apiclient-used."""

import pytest

from tests.rules.repo import flags, passes, without

BREAK = without(r".*(?:rest_framework\.test\b|APIClient|APITestCase|api_client|schemathesis)")

REPO = {
    "requirements.txt": "djangorestframework\n",
    "shop/api/serializers.py": "from rest_framework import serializers\n",
    "shop/tests/test_api.py": "def test_orders(client): ...\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/tests/test_api.py", "from rest_framework.test import APITestCase\n\ndef test_orders(): ...\n"),
        ("conftest.py", "@pytest.fixture\ndef api_client():\n    return APIClient()\n"),
        ("tests/test_schema.py", "import schemathesis\n\ndef test_schema(): ...\n"),
    ],
)
def test_its_client_passes(path: str, text: str) -> None:
    passes("drf-apiclient-used", {**REPO, path: text})


def test_djangos_client_alone() -> None:
    flags("drf-apiclient-used", REPO, "shop/tests/test_api.py there is an API (shop/api/serializers.py:1)")


@pytest.mark.parametrize("path", ["requirements.txt", "shop/api/serializers.py", "shop/tests/test_api.py"])
def test_without_an_api_or_tests_nothing_is_asked(path: str) -> None:
    passes("drf-apiclient-used", {**REPO, path: ""})
