"""The API keeps its schema: whoever sends whatever gets an answer that the schema names.

Schemathesis reads the schema and makes requests up, good ones and bad ones; every check that it has is on.
A failure prints the request as a curl command. What it makes up follows from ``SEED`` alone.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.db.transaction import atomic, set_rollback
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation

from config.wsgi import application
from stack.openapi.views import api_schema
from tests.api import EXISTING, ROLES, connections_kept, make_world

SEED = 20260101

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": SEED,
        "generation": {
            "max-examples": 8,
            "deterministic": True,
            "no-shrink": True,
            # The schema can't say that text has no NUL character; test_api_bad_input sends them.
            "allow-x00": False,
        },
        "checks": {
            # 422 is for requests that keep the schema and break a rule, such as a link that was used.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422"]},
        },
    }
)
schema = schemathesis.openapi.from_dict(api_schema(), config=CONFIG)
schema.app = application


pytestmark = pytest.mark.django_db  # without it, and run alone, they would have no test database


@pytest.fixture(params=ROLES)
def headers(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    request.getfixturevalue("db")
    with connections_kept():
        yield make_world(request.param)


@pytest.mark.asvs("2.1.1", "2.2.1", "4.1.1")
@pytest.mark.proves("drf-spectacular")
@schema.parametrize()
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_keeps_the_schema(case: "schemathesis.Case[Any]", headers: dict[str, str]) -> None:
    assert case.meta is not None
    path = case.meta.components.get(ParameterLocation.PATH)
    if path and path.mode.is_positive:  # else most requests would end at a 404, unread
        case.path_parameters = {name: EXISTING[name] for name in case.path_parameters}
    with atomic():  # each request finds the same world
        case.call_and_validate(headers=headers)
        set_rollback(True)
