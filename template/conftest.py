"""What every test of the project shares."""

from collections.abc import Iterable

import pytest


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Note in the test report which technologies each test proves."""
    for item in items:
        for mark in item.iter_markers("proves"):
            item.user_properties.extend(("proves", name) for name in mark.args)
