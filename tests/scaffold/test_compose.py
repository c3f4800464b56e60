"""Compose files lose what names a service that was cut."""

from __future__ import annotations

from itertools import product

import pytest
import yaml

from stackyard.scaffold import compose
from stackyard.scaffold.questions import Given
from stackyard.scaffold.render import render
from stackyard.scaffold.template import installed

TEXT = """\
x-app: &app
  depends_on:
    db: {condition: service_healthy}
    redis: {condition: service_healthy, required: false}

services:
  db:
    image: postgres
    volumes:
      - postgres:/var/lib/postgresql
      - ./init:/init
  web:
    <<: *app

volumes:
  postgres:
  redis:
"""


def test_what_names_a_service_that_is_not_there_is_cut() -> None:
    assert yaml.safe_load(compose.cut(TEXT)) == {
        "x-app": {"depends_on": {"db": {"condition": "service_healthy"}}},
        "services": {
            "db": {"image": "postgres", "volumes": ["postgres:/var/lib/postgresql", "./init:/init"]},
            "web": {"depends_on": {"db": {"condition": "service_healthy"}}},
        },
        "volumes": {"postgres": None},
    }


def test_a_variable_that_no_code_reads_is_cut() -> None:
    text = "x-app:\n  environment:\n    - READ=1\n    - UNREAD=2 # a comment\n  command: [- NO=1]\n"
    assert compose.cut_variables(text, {"READ"}) == text.replace("    - UNREAD=2 # a comment\n", "")


def test_what_is_whole_stays_as_it_is() -> None:
    whole = compose.cut(TEXT)
    assert compose.cut(whole) == whole


@pytest.mark.parametrize(
    ("redis", "broker", "events"), list(product([True, False], ["none", "redis", "rabbitmq"], [True, False]))
)
def test_projects_depend_on_what_they_have_and_mount_all_that_they_declare(
    redis: bool, broker: str, events: bool
) -> None:
    template = installed()
    given = Given({"preset": "minimal", "redis": redis, "broker": broker, "events": events})
    files = render(template, template.questionnaire.answer("shop", given))
    for name in ("docker-compose.yml", "docker-compose.prod.yml"):
        parsed = yaml.safe_load(files[name].content)
        services = parsed["services"]
        named = {other for service in services.values() for other in service.get("depends_on", {})}
        mounts = [mount for service in services.values() for mount in service.get("volumes", [])]
        mounted = {mount.split(":")[0] for mount in mounts if not mount.startswith((".", "/", "$"))}
        assert named <= services.keys()
        assert mounted == parsed["volumes"].keys()
        assert ("redis" in services) is (redis or broker == "redis")
        assert ("rabbitmq" in services) is (events or broker == "rabbitmq")
