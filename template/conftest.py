"""What every test of the project shares."""

import sys
from collections.abc import Iterable
from pathlib import Path
from subprocess import run

import pytest
from pytest_django import Settings

from stack.environment import BASE_DIR
from tests.processes import PRODUCTION, environment


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Note in the test report which technologies each test proves."""
    for item in items:
        for mark in item.iter_markers("proves"):
            item.user_properties.extend(("proves", name) for name in mark.args)


@pytest.fixture(autouse=True, name="media")
def _media(settings: Settings, tmp_path: Path) -> Path:
    """Keep what a test uploads out of the developer's own folder."""
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect the static files as production does, less those of the API's pages, and return their folder."""
    root = tmp_path_factory.mktemp("static")
    big = ["--ignore", "drf_spectacular_sidecar", "--ignore", "rest_framework"]  # half a minute of Brotli
    run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0", *big],
        cwd=BASE_DIR,
        env=environment(**PRODUCTION, STATIC_ROOT=str(root)),
        check=True,
    )
    return root
