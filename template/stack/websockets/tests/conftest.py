"""A server for each module, and its table."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from stack.websockets.tests.server import Site, layers_of, site
from stack.websockets.tests.things import table_make


@pytest.fixture(scope="module", name="served")
def _served(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Site]:
    request.getfixturevalue("django_db_setup")
    variables = getattr(request.module, "VARIABLES", {})
    with site(tmp_path_factory.mktemp("site"), **variables) as served:
        yield served


@pytest.fixture(name="server")
def _server(served: Site, settings: Settings) -> Site:
    """The server; hints of this process go to it."""
    settings.CHANNEL_LAYERS = layers_of(served)
    table_make()
    return served
