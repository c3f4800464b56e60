"""Tells sockets to look, from synchronous code, without a wait.

A thread with an event loop of its own sends what the others leave to it. Whoever has committed goes on at
once, whether Redis answers, hangs or is away: a hint that is lost costs a socket some seconds.
"""

import asyncio
import logging
import os
import threading
from functools import partial

from channels.layers import get_channel_layer
from django.db import transaction

from stack.websockets.feed import Feed

HINT_SECONDS = 2
"""How long the server may take for one."""
HINTS_WAITING = 10_000
"""More are dropped."""

logger = logging.getLogger(__name__)


def hint_on_commit(feed: Feed, user: int) -> None:
    """Have a user's sockets look once the transaction is committed."""
    transaction.on_commit(partial(_sender.send, feed.group(user), "feed.hint"), robust=True)


def check_on_commit(feed: Feed, user: int) -> None:
    """Have a user's sockets ask who is there once the transaction is committed."""
    transaction.on_commit(partial(_sender.send, feed.group(user), "feed.check"), robust=True)


class _Sender:
    """The thread, begun when there is something to send; of several like hints for a group it sends one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, str], None] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def send(self, group: str, kind: str) -> None:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="hints", daemon=True).start()
            first = not self._waiting
            if len(self._waiting) < HINTS_WAITING:
                self._waiting[group, kind] = None
            if first:
                asyncio.run_coroutine_threadsafe(self._drain(), self._loop)

    async def _drain(self) -> None:
        while hint := self._next():
            group, kind = hint
            try:
                async with asyncio.timeout(HINT_SECONDS):
                    await get_channel_layer().group_send(group, {"type": kind})
            except Exception as error:  # pylint: disable=broad-exception-caught  # sockets look by themselves
                logger.warning("a hint was lost: %s", error or type(error).__name__)
            self._done(hint)

    def _next(self) -> tuple[str, str] | None:
        with self._lock:
            return next(iter(self._waiting), None)

    def _done(self, hint: tuple[str, str]) -> None:
        with self._lock:
            del self._waiting[hint]


_sender = _Sender()
os.register_at_fork(after_in_child=_sender.__init__)  # type: ignore[misc]  # a thread does not survive a fork
