"""The database, from the event loop: a few threads, whose connections stay.

An ASGI server opens a connection for each request, as each has a thread of its own. A socket asks again and
again, and a thousand of them at once: they share some threads, and so some connections.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections, connections

# flake8-docstrings finds no docstring in a function that declares its own.
P = ParamSpec("P")
T = TypeVar("T")

CONNECTION_SECONDS = 60
"""How long a connection is used before a new one takes its place."""


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that asks the database in one of the threads, when one is free."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads(), lambda: _run(lambda: function(*args, **kwargs)))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.WEBSOCKET_DATABASE_THREADS, "sockets", initializer=_keep_connections)


def _keep_connections() -> None:
    for connection in connections.all():  # this thread's own
        connection.settings_dict = {**connection.settings_dict, "CONN_MAX_AGE": CONNECTION_SECONDS}


def _run(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()
