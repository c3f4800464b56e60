"""A server that listens."""

from collections.abc import Iterator
from threading import Thread

import pytest

from stack.sentry.tests.receiver import Envelopes


@pytest.fixture(name="sentry")
def sentry_that_listens() -> Iterator[Envelopes]:
    with Envelopes() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
