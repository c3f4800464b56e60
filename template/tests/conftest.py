"""What the tests of the whole project share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from tests.api import make_things_of
from tests.browser import Visitor, chromium, visitor_of


@pytest.fixture(name="admin")
def fixture_admin() -> User:
    """Somebody who may see every page, and for whom there is something on each."""
    admin: User = UserFactory.create(admin=True)
    make_things_of(admin)
    return admin


@pytest.fixture(name="browser", scope="module")
def fixture_browser() -> Iterator[Browser]:
    """One headless Chromium for this module."""
    with chromium() as browser:
        yield browser


@pytest.fixture(name="visitor")
def fixture_visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """Somebody who comes to the site for the first time."""
    with visitor_of(browser, live_server.url) as visitor:
        yield visitor
