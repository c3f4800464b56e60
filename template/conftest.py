"""What every test of the project shares."""

import fcntl
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import run
from uuid import uuid4

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from stack.environment import BASE_DIR
from tests.commits import Commit
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


@pytest.fixture(name="commit")
def _commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> Commit:
    """A block after which all is committed, and the tasks that were sent have run, here."""
    monkeypatch.setitem(current_app.conf, "task_always_eager", True)
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def task_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real worker on a queue of its own; the test needs transactions that are really committed."""
    queue = f"test-{uuid4().hex}"
    monkeypatch.setitem(current_app.conf, "task_default_queue", queue)
    with start_worker(current_app, queues=[queue], perform_ping_check=False, shutdown_timeout=10):
        yield
    with current_app.connection_for_write() as connection:
        connection.default_channel.queue_delete(queue)  # type: ignore[attr-defined]


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
