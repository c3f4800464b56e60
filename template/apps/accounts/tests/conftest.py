"""What tests of accounts share."""

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory


@pytest.fixture(name="user")
def _user(db: None) -> User:  # pylint: disable=unused-argument
    return UserFactory.create(email="ada@example.com")


@pytest.fixture(name="api")
def _api() -> APIClient:
    return APIClient()
