"""Tasks run here, once the transaction is committed, and harm nobody but themselves."""

import logging

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.tasks import TaskResultStatus
from pytest_django import Settings

from stack.tasks.tests.tasks import break_transaction, group_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _immediate(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "stack.tasks.immediate.ImmediateBackend"}}


def test_a_task_runs_at_once_outside_of_a_transaction() -> None:
    result = group_make.enqueue("buyers")
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert Group.objects.filter(name="buyers").exists()


def test_a_task_runs_once_the_transaction_is_committed() -> None:
    with transaction.atomic():
        result = group_make.enqueue("buyers")
        assert not result.is_finished
        assert not Group.objects.exists()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert Group.objects.filter(name="buyers").exists()


def test_a_task_of_a_transaction_that_is_rolled_back_does_not_run() -> None:
    with transaction.atomic():
        group_make.enqueue("buyers")
        transaction.set_rollback(True)
    assert not Group.objects.exists()


def test_a_task_that_fails_is_logged_and_takes_nothing_with_it(caplog: pytest.LogCaptureFixture) -> None:
    with transaction.atomic():
        result = break_transaction.enqueue()
        Group.objects.create(name="sellers")
    assert Group.objects.filter(name="sellers").exists()
    assert result.status == TaskResultStatus.FAILED
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "break_transaction" in record.message and "division by zero" in caplog.text
