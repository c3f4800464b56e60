"""What every test of the tool shares."""

import os

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note in the report what each test proves, leave CI its own, and have the long tests begin first."""
    if not os.environ.get("CI"):
        left_out = [item for item in items if item.get_closest_marker("ci")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        for mark in item.iter_markers("proves"):
            item.user_properties.extend(("proves", name) for name in mark.args)
    # Each worker is given a run of neighbours: apart from each other, no long one waits for another.
    long = [item for item in items if item.get_closest_marker("long")]
    rest = [item for item in items if item not in long]
    for number, item in enumerate(long):
        rest.insert(number * len(items) // len(long), item)
    items[:] = rest
