"""Compose files, as they go together."""

from pathlib import Path

import pytest

from stackyard.project.compose import Compose
from tests.project.folder import project

DB = "services:\n  db:\n    image: postgres:17\n"


@pytest.mark.parametrize(
    "path", ["docker-compose.yml", "dev.yaml", "ops/stack/services.yml", ".devcontainer/compose.yml"]
)
def test_a_file_of_any_name(tmp_path: Path, path: str) -> None:
    assert [compose.path for compose in project(tmp_path, {path: DB}).composes] == [path]


@pytest.mark.parametrize(
    "text", ["services:\n  - type: web\n", "services:\n  App\\Mailer:\n    class: Mailer\n", "kind: List\n"]
)
def test_a_file_of_something_else(tmp_path: Path, text: str) -> None:
    assert not project(tmp_path, {"config/services.yaml": text}).composes


@pytest.mark.parametrize(
    ("path", "is_production"),
    [
        ("docker-compose.prod.yml", True),
        ("production.yml", True),
        ("deploy/docker-compose.yml", True),
        ("docker-stack.yml", True),
        ("docker-compose.yml", False),
        ("deploy/local/docker-compose.yml", False),
        ("full-stack/docker-compose.yml", False),
        ("product/docker-compose.yml", False),
        ("liveblog/docker-compose.yml", False),
    ],
)
def test_what_is_for_production(path: str, is_production: bool) -> None:
    assert Compose(path, {}).is_production is is_production


@pytest.mark.parametrize(
    ("path", "is_test"), [("compose.test.yml", True), ("ci/compose.yml", True), ("latest/compose.yml", False)]
)
def test_what_is_for_tests(path: str, is_test: bool) -> None:
    assert Compose(path, {}).is_test is is_test


def test_a_part_of_others_is_not_brought_up_by_itself(tmp_path: Path) -> None:
    overlay = "services:\n  db:\n    ports: ['5432:5432']\n"
    found = project(tmp_path, {"compose.base.yml": DB, "compose.dev.yml": overlay})
    assert [compose.files for compose in found.composes] == [("compose.base.yml", "compose.dev.yml")]


def test_a_service_is_where_it_was_first_written(tmp_path: Path) -> None:
    overlay = "\n\nservices:\n  db:\n    ports: ['5432:5432']\n"
    found = project(tmp_path, {"docker-compose.yml": DB, "docker-compose.prod.yml": overlay})
    assert {str(service.where) for service in found.services} == {"docker-compose.yml:2"}


def test_variables_stay_as_they_are_written(tmp_path: Path) -> None:
    text = f"{DB}    environment:\n      - A=${{SECRET}}\n      - B=${{OTHER:-2}}\n      - C\n"
    service = next(project(tmp_path, {"docker-compose.yml": text, ".env.example": "SECRET=x\n"}).services)
    assert service.environment == {"A": "${SECRET}", "B": "${OTHER:-2}", "C": None}
    assert str(service.entry_place("environment", "B")) == "docker-compose.yml:6"
    assert str(service.entry_place("environment", "D")) == "docker-compose.yml:4"
