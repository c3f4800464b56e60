"""What tests of accounts share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from celery import current_app
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory

type Commit = Callable[[], AbstractContextManager[object]]


@pytest.fixture(name="user")
def _user(db: None) -> User:  # pylint: disable=unused-argument
    return UserFactory.create(email="ada@example.com")


@pytest.fixture(name="api")
def _api() -> APIClient:
    return APIClient()


@pytest.fixture(name="commit")
def _commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Iterator[Commit]:
    """A block after which all is committed, and the tasks that were sent have run, here."""
    eager = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = True
    yield lambda: django_capture_on_commit_callbacks(execute=True)
    current_app.conf.task_always_eager = eager
