"""The schema is clean, and its pages need no other site."""

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.api import operations

OPERATIONS = list(operations())

pytestmark = pytest.mark.proves("drf-spectacular")


@pytest.mark.asvs("2.1.1")
def test_the_schema_is_valid_and_made_without_a_warning() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    assert json.loads(out.getvalue())["openapi"].startswith("3.")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/yaml", "application/yaml"),
    ],
)
def test_the_schema_is_served(client: Client, accept: str, media_type: str) -> None:
    response = client.get("/api/schema/", headers={"Accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"].partition(";")[0] == media_type
    assert b"/api/v1/users/me/" in response.content


@pytest.mark.parametrize("path", ["/api/docs/", "/api/redoc/"])
def test_the_pages_have_no_script_inside_and_fetch_nothing_elsewhere(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, flags=re.DOTALL)
    assert scripts and all("src=" in attributes and not inside.strip() for attributes, inside in scripts)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)


def test_the_script_of_the_documentation_page(client: Client) -> None:
    response = client.get("/api/docs/?script=")
    assert response["Content-Type"].startswith("application/javascript")
    assert '"validatorUrl": null' in response.content.decode()


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_operations_say_how_they_refuse(operation: Any) -> None:
    answers = operation.definition["responses"]
    problems = {status for status in answers if status.startswith("4")}
    assert all("application/problem+json" in answers[status]["content"] for status in problems)
    assert "406" in problems
    if operation.body is not None:
        assert {"400", "413", "415", "422"} <= problems
        assert operation.body["additionalProperties"] is False
    if "{" in operation.path:
        assert "404" in problems
    if {} not in operation.definition.get("security", [{}]):
        assert "401" in problems


def test_each_way_to_say_who_calls_is_described(client: Client) -> None:
    schemes = client.get("/api/schema/").json()["components"]["securitySchemes"]
    assert len(schemes) == len(settings.REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"])
    assert {"tokenAuth", "cookieAuth"} <= set(schemes)
