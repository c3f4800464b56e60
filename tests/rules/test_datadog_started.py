"""datadog-started."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("docker-compose.prod.yml", "environment:\n", "environment:\n    - DD_TRACE_ENABLED=true\n")

PACKAGE = {
    "pyproject.toml": '[tool.poetry.dependencies]\nddtrace = "*"\n',
    "Procfile": "web: gunicorn shop.wsgi\n",
}
VARIABLES = """\
services:
  web:
    build: .
    environment:
      DD_SERVICE: shop
    command: {}gunicorn shop.wsgi
"""


@pytest.mark.parametrize(
    "files",
    [
        {**PACKAGE, "Procfile": "web: ddtrace-run gunicorn shop.wsgi\n"},
        {**PACKAGE, "shop/wsgi.py": "import ddtrace.auto\n"},
        {**PACKAGE, "shop/wsgi.py": "from ddtrace import patch_all\n"},
        {"compose.yml": VARIABLES.format("ddtrace-run ")},
        {"compose.yml": "services:\n  agent:\n    image: datadog/agent:7\n    environment: {DD_SITE: eu}\n"},
    ],
)
def test_started_or_an_agent_alone(files: dict[str, str]) -> None:
    passes("datadog-started", files)


def test_installed_and_not_started() -> None:
    flags(
        "datadog-started",
        {**PACKAGE, "shop/wsgi.py": "# import ddtrace.auto\n"},
        "pyproject.toml:2 nothing starts it",
    )


def test_configured_and_not_started() -> None:
    flags("datadog-started", {"compose.yml": VARIABLES.format("")}, "compose.yml:4 nothing starts it")
