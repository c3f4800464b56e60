"""compose-servers-unpublished."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-servers-unpublished"
BREAK = Break(
    "docker-compose.prod.yml",
    "    image: redis:8-alpine\n    user: redis\n",
    '    image: redis:8-alpine\n    user: redis\n    ports: ["6379:6379"]\n',
)


def compose(ports: str, name: str = "docker-compose.prod.yml", image: str = "postgres:17") -> dict[str, str]:
    return {name: f"services:\n  x:\n    image: {image}\n    ports:\n      - {ports}\n"}


@pytest.mark.parametrize(
    "ports", ['"5432:5432"', "5432", '"0.0.0.0:5432:5432"', "{target: 5432, published: 5432}"]
)
def test_an_open_port(ports: str) -> None:
    flags(RULE, compose(ports), "docker-compose.prod.yml:5 every address")


@pytest.mark.parametrize(
    "name", ["production.yml", "deploy/docker-compose.yml", "compose.staging.yaml", "docker-stack.yml"]
)
def test_production_s_files(name: str) -> None:
    flags(RULE, compose('"5432:5432"', name), f"{name}:5 every address")


@pytest.mark.parametrize(
    "name", ["docker-compose.yml", "full-stack/docker-compose.yml", "product/compose.yml", "deploy/local.yml"]
)
def test_other_files_are_another_rule_s_matter(name: str) -> None:
    passes(RULE, compose('"5432:5432"', name))


@pytest.mark.parametrize(
    "ports", ['"127.0.0.1:5432:5432"', '"${BIND_ADDRESS}:5432:5432"', '"[::1]:5432:5432"']
)
def test_a_port_of_this_machine_passes(ports: str) -> None:
    passes(RULE, compose(ports))


@pytest.mark.parametrize("image", ["nginx:1.28", "ghcr.io/team/web:3", "traefik:v3"])
def test_other_services_may_be_published(image: str) -> None:
    passes(RULE, compose('"80:80"', image=image))
