"""What tests of accounts share."""

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory


@pytest.fixture(name="user")
def _user(db: None) -> User:  # pylint: disable=unused-argument
    # A name that is drawn is too much like one of the passwords now and then.
    return UserFactory.create(email="ada@example.com", first_name="Ada", last_name="Adams")


@pytest.fixture(name="api")
def _api() -> APIClient:
    return APIClient()
