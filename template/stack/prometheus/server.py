"""Serves the metrics from inside gunicorn, on a port that the public never sees.

The names without underscore are gunicorn's hooks. Every web process writes its numbers to a file of
its own; whichever of them is scraped adds all files up. The port is bound once, by the master, so that a
taken one stops the boot; the workers accept from it side by side, as they do from the web's own.
"""

import os
import shutil
import tempfile
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from stack.prometheus.settings import PROMETHEUS_ADDR, PROMETHEUS_PORT

__all__ = ["child_exit", "on_exit", "on_starting", "post_fork", "raw_env"]

_MEMORY = Path("/dev/shm")
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
    server.set_app(make_wsgi_app(registry))
    _servers.append(server)


def post_fork(_arbiter: Any, _worker: Any) -> None:
    """Answer scrapes in this worker too."""
    for server in _servers:
        Thread(target=server.serve_forever, name="metrics", daemon=True).start()


def child_exit(_arbiter: Any, worker: Any) -> None:
    """Drop what a dead worker held; what it counted stays in the sums."""
    if _servers:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_arbiter: Any) -> None:
    """Leave no file behind."""
    if _servers:
        shutil.rmtree(_DIRECTORY, ignore_errors=True)
