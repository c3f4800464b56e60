"""Celery's own interface: tasks are sent once the transaction is committed."""

import logging
import socket

import pytest
from django.db import transaction
from kombu import Connection

from stack.celery.tests.processes import SCHEMES, Broker
from stack.celery.tests.tasks import celery_mark


@pytest.mark.django_db(transaction=True)
def test_a_task_is_sent_once_the_transaction_is_committed(broker: Broker) -> None:
    with broker.connection() as connection:
        with transaction.atomic():
            celery_mark.apply_async_on_commit(("path", "line"), queue=broker.queue, connection=connection)
            assert broker.queued() == 0
        assert broker.queued() == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_of_a_transaction_that_is_rolled_back_is_not_sent(broker: Broker) -> None:
    with broker.connection() as connection:
        with transaction.atomic():
            celery_mark.apply_async_on_commit(("path", "line"), queue=broker.queue, connection=connection)
            transaction.set_rollback(True)
        assert broker.queued() == 0


@pytest.mark.django_db(transaction=True)
def test_sending_within_a_transaction_is_refused() -> None:
    with transaction.atomic(), pytest.raises(transaction.TransactionManagementError, match="delay_on_commit"):
        celery_mark.delay("path", "line")


@pytest.mark.django_db
def test_a_test_case_s_own_transaction_does_not_count(broker: Broker) -> None:
    with broker.connection() as connection:
        celery_mark.apply_async(("path", "line"), queue=broker.queue, connection=connection)
    assert broker.queued() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_broker_that_is_down_does_not_undo_what_is_committed(
    scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = Connection(f"{scheme}://127.0.0.1:{unused.getsockname()[1]}/0")
        with nobody, transaction.atomic():
            celery_mark.apply_async_on_commit(("path", "line"), connection=nobody)
    assert [record.levelno for record in caplog.records if "on_commit" in record.message] == [logging.ERROR]
