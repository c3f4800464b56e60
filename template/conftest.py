"""What every test of the project shares."""

import fcntl
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import run

import pytest
from django.db import connections
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from stack.environment import BASE_DIR
from tests.commits import Commit
from tests.processes import PRODUCTION, environment

pytest_plugins = ["stack.celery.tests.worker"]  # stack: celery


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Note in the test report which technologies each test proves."""
    for item in items:
        for mark in item.iter_markers("proves"):
            item.user_properties.extend(("proves", name) for name in mark.args)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # pylint: disable=redefined-outer-name,unused-argument
) -> Iterator[None]:
    """Make the databases, and remove them when nothing of this process is connected to them any more.

    Inside a browser's event loop and outside of it, connections are others, and Django closes only those
    that were there when the databases were made.
    """
    yield
    connections.close_all()


@pytest.fixture(autouse=True, name="media")
def _media(settings: Settings, tmp_path: Path) -> Path:
    """Keep what a test uploads out of the developer's own folder."""
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture(name="commit")
def _commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings) -> Commit:
    """A block after which all is committed, and the tasks that were sent have run, here."""
    settings.TASKS = {
        alias: {"BACKEND": "stack.tasks.immediate.ImmediateBackend"} for alias in settings.TASKS
    }
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Collect the static files as production does, less those of the API's pages, and return their folder."""
    base = tmp_path_factory.getbasetemp()
    run_folder = base if worker_id == "master" else base.parent  # which all workers of a run share
    root = run_folder / "static"
    big = ["--ignore", "drf_spectacular_sidecar", "--ignore", "rest_framework"]  # half a minute of Brotli
    with (run_folder / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            collected = run_folder / "static.part"
            run(
                [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0", *big],
                cwd=BASE_DIR,
                env=environment(**PRODUCTION, STATIC_ROOT=str(collected)),
                check=True,
            )
            collected.rename(root)
    return root
