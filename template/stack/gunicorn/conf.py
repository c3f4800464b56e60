"""Gunicorn's configuration, for both kinds of server.

    gunicorn -c stack/gunicorn/conf.py config.wsgi:application
    gunicorn -c stack/gunicorn/conf.py -k uvicorn_worker.UvicornWorker config.asgi:application

The command line wins over what stands here.
"""

# pylint: disable=invalid-name  # the names are gunicorn's

import gc
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import empty

from stack.environment import env, store
from stack.prometheus.server import *  # noqa: F401,F403  # stack: prometheus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

timeout = env.int("WEB_TIMEOUT", 30)  # seconds; of a request (sync workers), of a silent worker (the others)
graceful_timeout = timeout + 5  # seconds; a request that is allowed to run is allowed to end
# The database ends what a request asks of it, and what it keeps locked; other processes may take their time.
for limit, seconds in {"STATEMENT": timeout, "LOCK": timeout / 3, "IDLE": timeout}.items():
    env.ENVIRON.setdefault(f"DATABASE_{limit}_TIMEOUT", f"{seconds * 1000:.0f}ms")

# The settings are read here, in the master, so that an unsafe environment ends it with their one line:
# a worker that they stop would be started again, for ever.
logconfig_dict = settings.LOGGING
accesslog = None  # stack.logging writes the access line: it knows the route, the user and the request id

bind = f"{env.str('WEB_ADDR', '127.0.0.1')}:{env.int('PORT', 8000)}"
forwarded_allow_ips = env.str("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True

worker_class = "gthread"
workers = env.int("WEB_CONCURRENCY", max(2, os.process_cpu_count() or 1))
threads = env.int("WEB_THREADS", 4)
max_requests = 10_000  # a slow leak ends with its worker, and never in all workers at once
max_requests_jitter = 1_000
_memory = "/dev/shm"  # nosec B108 # gunicorn makes a file there that has no name
worker_tmp_dir = _memory if Path(_memory).is_dir() else None  # a heartbeat on a slow disk looks like a hang

keepalive = 65  # seconds; more than a proxy's 60, for the proxy to be the one that closes an idle connection


def _leave(*_: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would interrupt what is sent at the exit
    sys.exit(0)


def post_worker_init(worker: Any) -> None:
    """Have a worker, which has loaded the application and serves nothing yet, look out for new secrets.

    One of uvicorn's gets its options. Once it has served its last request it sends itself the signal that
    ended it. That would kill it, with the traces and errors that wait to be sent: it leaves as the others do.
    """
    if not worker.cfg.preload_app:  # else the next one would have the same settings
        import_module("stack.environment.rotation").watch()  # the worker's own, not the master's
    if hasattr(worker, "config"):
        for name, value in settings.UVICORN.items():
            setattr(worker.config, name, value)
        signal.signal(signal.SIGTERM, _leave)


def pre_fork(_arbiter: Any, _worker: Any) -> None:
    """Keep the garbage collector off what the master has loaded.

    Its pages stay shared, and a worker needs a tenth of the time to end.
    """
    gc.freeze()


def _forget_settings() -> None:
    """Have each worker read the settings by itself, and with them the secrets: the next one has new ones."""
    settings._wrapped = empty  # pylint: disable=protected-access
    for module in [name for name in sys.modules if name.partition(".")[0] in ("config", "stack")]:
        del sys.modules[module]


if store.is_used(env):
    _forget_settings()
