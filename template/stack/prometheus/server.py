"""Serves the metrics from inside gunicorn, on a port that the public never sees.

The names without underscore are gunicorn's hooks. Every web process writes its numbers to files of
its own; whichever of them is scraped adds all files up. A dead worker's are added to ones that all dead
workers share: workers come and go, and shared memory is small. The port is bound once, by the master, so
that a taken one stops the boot; the workers accept from it side by side, as they do from the web's own.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from stack.prometheus.settings import PROMETHEUS_ADDR, PROMETHEUS_PORT

__all__ = ["child_exit", "on_exit", "on_starting", "post_fork", "raw_env"]

_MEMORY = Path("/dev/shm")  # nosec B108 # mkdir, below, takes nobody else's
_DIRECTORY = Path(_MEMORY if _MEMORY.is_dir() else tempfile.gettempdir()) / f"prometheus-{os.getpid()}"
_servers: list[WSGIServer] = []

# prometheus_client decides at import whether it shares its numbers, and gunicorn sets this before it
# imports anything of ours: hence the late imports below.
# pylint: disable=import-outside-toplevel
raw_env = [f"PROMETHEUS_MULTIPROC_DIR={_DIRECTORY}"] if PROMETHEUS_PORT else []


class _MetricsServer(ThreadingMixIn, WSGIServer):
    """Answers each scrape in a thread, so that a stalled one blocks no other."""

    daemon_threads = True


class _SilentHandler(WSGIRequestHandler):
    """A scrape every few seconds is no news."""

    timeout = 10  # seconds

    def log_message(self, format: str, *args: Any) -> None:  # pylint: disable=redefined-builtin
        """Say nothing."""


def on_starting(_arbiter: Any) -> None:
    """Bind the port, and forget the numbers of an earlier master with the same process id."""
    if not PROMETHEUS_PORT:
        return
    from prometheus_client import CollectorRegistry, make_wsgi_app, multiprocess

    server = _MetricsServer((PROMETHEUS_ADDR, PROMETHEUS_PORT), _SilentHandler)
    shutil.rmtree(_DIRECTORY, ignore_errors=True)
    _DIRECTORY.mkdir(mode=0o700)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    metrics = make_wsgi_app(registry)

    def answer(*arguments: Any) -> Any:
        with _locked(fcntl.LOCK_SH):
            return metrics(*arguments)

    server.set_app(answer)
    _servers.append(server)


def post_fork(_arbiter: Any, _worker: Any) -> None:
    """Answer scrapes in this worker too."""
    for server in _servers:
        Thread(target=server.serve_forever, name="metrics", daemon=True).start()


def child_exit(_arbiter: Any, worker: Any) -> None:
    """Drop what a dead worker held; what it counted stays in the sums."""
    if not _servers:
        return
    from prometheus_client import multiprocess

    # Without waiting: a worker that hangs in a scrape would hang the master. The files count where they are.
    with suppress(BlockingIOError), _locked(fcntl.LOCK_EX | fcntl.LOCK_NB):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
        for kind in ("counter", "histogram", "summary"):
            _add(_DIRECTORY / f"{kind}_{worker.pid}.db", _DIRECTORY / f"{kind}_dead.db")


def on_exit(_arbiter: Any) -> None:
    """Leave no file behind."""
    if _servers:
        shutil.rmtree(_DIRECTORY, ignore_errors=True)


@contextmanager
def _locked(mode: int) -> Iterator[None]:
    """Keep a scrape from counting a worker twice, or not at all, while its files are merged."""
    with (_DIRECTORY / "lock").open("w") as lock:
        fcntl.flock(lock, mode)
        yield


def _add(source: Path, target: Path) -> None:
    """Add the numbers of one file to those of another, and remove the first."""
    from prometheus_client.mmap_dict import MmapedDict

    if not source.exists():
        return
    sums: Any = MmapedDict(target)  # type: ignore[no-untyped-call]
    for key, value, _, _ in MmapedDict.read_all_values_from_file(source):  # type: ignore[no-untyped-call]
        sums.write_value(key, sums.read_value(key)[0] + value, 0.0)
    sums.close()
    source.unlink()
