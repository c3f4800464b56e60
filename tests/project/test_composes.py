"""Which Compose files go together."""

from pathlib import Path

import pytest

from tests.project.folder import project

BASE = "services:\n  web: {build: .}\n  db: {image: 'postgres:18'}\n"
OVER = "services:\n  web: {command: gunicorn}\n"
IMAGES = "services:\n  web: {image: 'team/shop:1'}\n  db: {image: 'postgres:18'}\n"
WHOLE = "services:\n  web: {build: ./other}\n"


@pytest.mark.parametrize(
    ("files", "together"),
    [
        ({"docker-compose.yml": BASE}, [("docker-compose.yml",)]),
        (
            {"docker-compose.yml": BASE, "docker-compose.override.yml": OVER},
            [("docker-compose.yml", "docker-compose.override.yml")],
        ),
        (
            {"docker-compose.yml": BASE, "docker-compose.override.yml": WHOLE},
            [("docker-compose.yml", "docker-compose.override.yml")],
        ),
        (
            {"compose.yml": BASE, "compose.prod.yml": OVER},
            [("compose.yml",), ("compose.yml", "compose.prod.yml")],
        ),
        ({"compose.yml": BASE, "production.yml": WHOLE}, [("compose.yml",), ("production.yml",)]),
        ({"compose.yml": BASE, "compose.dev.yml": OVER}, [("compose.yml", "compose.dev.yml")]),
        (
            {"compose.yml": IMAGES, "compose.dev.yml": OVER},
            [("compose.yml",), ("compose.yml", "compose.dev.yml")],
        ),
        (
            {"compose.all-in-one.yml": WHOLE, "compose.yml": IMAGES, "compose.dev.yml": OVER},
            [("compose.all-in-one.yml",), ("compose.yml",), ("compose.yml", "compose.dev.yml")],
        ),
        (
            {"a.yml": WHOLE, "compose.yml": BASE, "ci/compose.ci.yml": OVER},
            [("a.yml",), ("compose.yml",), ("compose.yml", "ci/compose.ci.yml")],
        ),
        (
            {"docker-compose.yml": BASE, "docker-compose.local.yml": OVER, "docker-compose.prod.yml": OVER},
            [
                ("docker-compose.yml", "docker-compose.local.yml"),
                ("docker-compose.yml", "docker-compose.prod.yml"),
            ],
        ),
        ({"compose.yml": BASE, "docs/compose.yml": BASE, "x/examples/y/c.yml": BASE}, [("compose.yml",)]),
        ({"sample/compose.yml": BASE, "sample/manage.py": ""}, [("sample/compose.yml",)]),
        ({"deploy/stack.yaml": BASE, "x.yml": "services: text\n"}, [("deploy/stack.yaml",)]),
    ],
)
def test_files_that_go_together(
    tmp_path: Path, files: dict[str, str], together: list[tuple[str, ...]]
) -> None:
    assert [compose.files for compose in project(tmp_path, files).composes] == together
