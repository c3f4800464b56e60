"""Tasks are sent once the transaction is committed, and a dead broker holds nobody up for long."""

import logging
import os
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from kombu import Connection

from stack.celery.task import CONFIRM_TIMEOUT
from stack.celery.tests.processes import Broker
from stack.celery.tests.relay import relay_to
from stack.celery.tests.tasks import mark
from tests.processes import SECONDS

PATIENCE = 10
"""Seconds that a web request may lose to a dead broker at most."""

SEND = """
import time, django
from stack.celery.tests.tasks import mark
django.setup()
started = time.monotonic()
try:
    mark.delay("path", "line")
except mark.OperationalError:
    print(time.monotonic() - started)
"""


@pytest.mark.django_db(transaction=True)
def test_a_task_is_sent_once_the_transaction_is_committed(redis_broker: Broker) -> None:
    with redis_broker.connection() as connection:
        with transaction.atomic():
            mark.apply_async_on_commit(("path", "line"), queue=redis_broker.queue, connection=connection)
            assert redis_broker.queued() == 0
        assert redis_broker.queued() == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_of_a_transaction_that_is_rolled_back_is_not_sent(redis_broker: Broker) -> None:
    with redis_broker.connection() as connection:
        with transaction.atomic():
            mark.apply_async_on_commit(("path", "line"), queue=redis_broker.queue, connection=connection)
            transaction.set_rollback(True)
        assert redis_broker.queued() == 0


@pytest.mark.django_db(transaction=True)
def test_sending_within_a_transaction_is_refused() -> None:
    with transaction.atomic(), pytest.raises(transaction.TransactionManagementError, match="delay_on_commit"):
        mark.delay("path", "line")


@pytest.mark.django_db
def test_a_test_case_s_own_transaction_does_not_count(redis_broker: Broker) -> None:
    with redis_broker.connection() as connection:
        mark.apply_async(("path", "line"), queue=redis_broker.queue, connection=connection)
    assert redis_broker.queued() == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_undo_what_is_committed(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = Connection(f"redis://127.0.0.1:{unused.getsockname()[1]}/0")
        with nobody, transaction.atomic():
            mark.apply_async_on_commit(("path", "line"), connection=nobody)
    assert [record.levelno for record in caplog.records if "on_commit" in record.message] == [logging.ERROR]


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_accepts_and_never_answers_holds_nobody_up_for_long(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        url = f"{scheme}://127.0.0.1:{black_hole.getsockname()[1]}/0"
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "CELERY_BROKER_URL": url}
        command = [sys.executable, "-c", "import config\n" + SEND]
        sent = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=True
        )
    assert float(sent.stdout) < PATIENCE


@pytest.mark.proves("rabbitmq")
def test_a_rabbitmq_that_hangs_while_connected_is_noticed_for_want_of_its_confirmation(
    rabbitmq_broker: Broker,
) -> None:
    url = urlsplit(rabbitmq_broker.url)
    with relay_to(url.hostname or "", url.port or 5672) as relay:
        through = rabbitmq_broker.url.replace(f":{url.port}", f":{relay.port}")
        options = {"confirm_publish": True}
        with Connection(through, connect_timeout=2, transport_options=options) as connection:
            arguments = {"queue": rabbitmq_broker.queue, "connection": connection}
            mark.apply_async(("path", "line"), **arguments)
            assert rabbitmq_broker.queued() == 1
            relay.hangs.set()
            started = time.monotonic()
            with pytest.raises(mark.OperationalError):
                mark.apply_async(("path", "line"), **arguments)
    assert CONFIRM_TIMEOUT - 1 < time.monotonic() - started < PATIENCE
