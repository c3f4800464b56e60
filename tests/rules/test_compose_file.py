"""compose-file."""

import pytest

from tests.rules.repo import Break, findings, passes

_FILES = (
    "docker-compose.prod.yml",
    "deploy/swarm/stack.yml",
    "deploy/swarm/celery.yml",
    "deploy/swarm/events.yml",
    "deploy/swarm/streams.yml",
)
BREAK = Break(
    "docker-compose.yml",
    "\nservices:\n",
    "\nx-services:\n",
    tuple(Break(path, "\nservices:\n", "\nx-services:\n") for path in _FILES),
)
WEB = "services:\n  web:\n    build: .\n"


@pytest.mark.parametrize(
    "path",
    ["docker-compose.yml", "compose.yaml", "local.yml", "docker/dev.yml", ".devcontainer/docker-compose.yml"],
)
def test_one_of_any_name_passes(path: str) -> None:
    passes("compose-file", {path: WEB})


@pytest.mark.parametrize(
    "files",
    [
        {"manage.py": ""},
        {".gitlab-ci.yml": "services:\n  - postgres:17\n"},
        {"render.yaml": "services:\n  - type: web\n"},
        {".lando.yml": "services:\n  database:\n    type: postgres\n"},
    ],
)
def test_none(files: dict[str, str]) -> None:
    (finding,) = findings("compose-file", files)
    assert str(finding.where) == "the project"


def test_one_of_the_documentation_does_not_count_and_is_named() -> None:
    (finding,) = findings("compose-file", {"docs/install/docker-compose.yml": WEB})
    assert "aside from docs/install/docker-compose.yml" in finding.fact
    passes("compose-file", {"docs/install/docker-compose.yml": WEB, "compose.yaml": WEB})
