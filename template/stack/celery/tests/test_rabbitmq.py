"""RabbitMQ that hangs is noticed, however late it does so."""

import time
from urllib.parse import urlsplit

import pytest
from kombu import Connection

from stack.celery.task import CONFIRM_TIMEOUT
from stack.celery.tests.processes import Broker
from stack.celery.tests.tasks import celery_mark
from tests.relay import relay_to

PATIENCE = 10
"""Seconds that a web request may lose to a dead broker at most."""


@pytest.mark.proves("rabbitmq")
@pytest.mark.parametrize("broker", ["amqp"], indirect=True)
def test_a_rabbitmq_that_hangs_while_connected_is_noticed_for_want_of_its_confirmation(
    broker: Broker,
) -> None:
    url = urlsplit(broker.url)
    with relay_to(url.hostname or "", url.port or 5672) as relay:
        credentials, at, _ = url.netloc.rpartition("@")
        through = url._replace(netloc=f"{credentials}{at}127.0.0.1:{relay.port}").geturl()
        options = {"confirm_publish": True}
        with Connection(through, connect_timeout=2, transport_options=options) as connection:
            arguments = {"queue": broker.queue, "connection": connection}
            celery_mark.apply_async(("path", "line"), **arguments)
            assert broker.queued() == 1
            relay.hangs.set()
            started = time.monotonic()
            with pytest.raises(celery_mark.OperationalError):
                celery_mark.apply_async(("path", "line"), **arguments)
    assert CONFIRM_TIMEOUT - 1 < time.monotonic() - started < PATIENCE
