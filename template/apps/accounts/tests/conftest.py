"""What tests of accounts share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from celery import current_app
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory

type Commit = Callable[[], AbstractContextManager[object]]


@pytest.fixture(autouse=True, name="media")
def _media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


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
