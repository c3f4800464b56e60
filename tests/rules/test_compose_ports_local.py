"""compose-ports-local."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

RULE = "compose-ports-local"
BREAK = Break(
    "docker-compose.yml",
    '"127.0.0.1:${RABBITMQ_MANAGEMENT_PORT:-15672}:15672"',
    '"${RABBITMQ_MANAGEMENT_PORT:-15672}:15672"',
)


def compose(port: str, name: str = "docker-compose.yml", image: str = "postgres:17") -> dict[str, str]:
    return {name: f"services:\n  x:\n    image: {image}\n    ports:\n      - {port}\n"}


@pytest.mark.parametrize("port", ['"5432:5432"', "15432:5432", "'5432:5432/tcp'"])
def test_an_open_port_and_its_fix(port: str) -> None:
    files = compose(port)
    flags(RULE, files, "docker-compose.yml:5 of x is open")
    (edit,) = findings(RULE, files)[0].edits
    passes(RULE, {"docker-compose.yml": edited(files["docker-compose.yml"], edit) or ""})


@pytest.mark.parametrize(
    "port", ['"${PORT:-5432}:5432"', '"0.0.0.0:5432:5432"', "{target: 5432, published: 5432}"]
)
def test_what_is_not_fixed(port: str) -> None:
    (finding,) = findings(RULE, compose(port))
    assert not finding.edits


@pytest.mark.parametrize("port", ['"127.0.0.1:5432:5432"', '"${ADDRESS}:5432:5432"', '"5432"'])
def test_a_port_of_this_machine_passes(port: str) -> None:
    passes(RULE, compose(port))


def test_production_and_other_services_are_another_matter() -> None:
    passes(RULE, compose('"5432:5432"', "production.yml"))
    passes(RULE, compose('"8000:8000"', image="ghcr.io/team/web:3"))
