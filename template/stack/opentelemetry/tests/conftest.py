"""A collector that listens."""

from collections.abc import Iterator
from threading import Thread

import pytest

from stack.opentelemetry.tests.collector import Collector


@pytest.fixture(name="collector")
def collector_that_listens() -> Iterator[Collector]:
    with Collector() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
