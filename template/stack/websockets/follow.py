"""A socket that follows a feed, and misses nothing of it.

    {"after": 12}                       the client has everything up to 12; as ``?after=12``, too
    {"items": [...], "after": 15}       the server sends what comes next, and how far that reaches

A push says no more than "look". The socket joins the user's group first, then asks the database for all that
comes after the client's number, and asks again at each push, and now and then without one: a push that is
lost costs seconds, and a connection that is lost costs nothing, as the client comes back with its number.
"""

import asyncio
import logging
from contextlib import suppress
from random import uniform
from time import time
from typing import Any, ClassVar
from urllib.parse import parse_qs

import orjson
from django.conf import settings
from django.db import DatabaseError
from django.dispatch import receiver

from stack.sessions import logins_ended
from stack.websockets.consumer import IDENTITY_ENDED, POLICY, Socket
from stack.websockets.database import in_database
from stack.websockets.feed import ITEMS_AT_ONCE, Feed, Place
from stack.websockets.hints import check_on_commit

NUMBER_MAX = 2**63 - 1

logger = logging.getLogger(__name__)


class FeedSocket(Socket):
    """Follows the feed of the user that it belongs to."""

    feed: ClassVar[Feed]
    subprotocol = "feed"
    _after: int | None = None
    _following: asyncio.Task[None] | None = None
    _check_at = 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin without a number."""
        super().__init__(*args, **kwargs)
        self._look = asyncio.Event()
        self._greeting = False

    async def connect(self) -> None:
        """Join the user's group, and only then begin to look."""
        given = parse_qs(self.scope["query_string"].decode("latin-1")).get("after")
        self.groups.append(self.feed.group(self.identity.user))
        await self.channel_layer.group_add(self.groups[0], self.channel_name)
        await self.accept()
        if given:
            await self.receive_json({"after": int(given[0]) if _is_number(given[0]) else None})
        self._following = asyncio.create_task(self._follow())

    async def disconnect(self, code: int) -> None:
        """Stop looking."""
        if self._following:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following

    async def receive_json(self, content: Any) -> None:
        """Begin at the client's number; again, if it sends another."""
        after = content.get("after") if isinstance(content, dict) else None
        if type(after) is not int or not 0 <= after <= NUMBER_MAX:  # pylint: disable=unidiomatic-typecheck
            await self.close(POLICY, 'send {"after": number}')  # and true is no number
            return
        self._after, self._greeting = after, True
        self._look.set()

    async def feed_hint(self, _message: dict[str, Any]) -> None:
        """Look, soon; ten hints in a row are one."""
        self._look.set()

    async def feed_check(self, _message: dict[str, Any]) -> None:
        """Ask at once who is there: a log-in of the user's has ended, maybe this one."""
        self._check_at = 0.0
        self._look.set()

    async def _follow(self) -> None:
        self._check_at = time() + settings.WEBSOCKET_CHECK_SECONDS
        with suppress(OSError):  # the client went away
            while True:
                self._look.clear()
                if time() >= self._check_at:
                    self._check_at = time() + settings.WEBSOCKET_CHECK_SECONDS
                    if not await self._is_known():
                        break
                ends = self.identity.ends or float("inf")
                if time() >= ends:
                    break
                await self._catch_up(ends)
                poll = settings.WEBSOCKET_POLL_SECONDS * uniform(0.75, 1.25)  # nosec B311 # not all at once
                await self._wait(min(poll, self._check_at - time(), ends - time()))
            await self.close(IDENTITY_ENDED, "log in again")

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._look.wait()

    async def _catch_up(self, ends: float) -> None:
        while (after := self._after) is not None and time() < ends:
            try:
                items = await self.feed.after(Place(self.identity.user, after))
            except DatabaseError as error:  # it is away; the client has lost nothing, and waits
                logger.warning("feed %s: %s", self.feed.name, error)
                return
            if self._after != after:  # the client has sent another one meanwhile
                continue
            if items or self._greeting:
                self._greeting = False
                self._after = items[-1]["number"] if items else after
                message = orjson.dumps({"items": items, "after": self._after}, option=orjson.OPT_UTC_Z)
                await self.send(text_data=message.decode())
            if len(items) < ITEMS_AT_ONCE:
                return

    async def _is_known(self) -> bool:
        try:
            return await in_database(self.identity.holds)
        except DatabaseError:  # it can't be asked; a database that is away must not log everybody out
            return True


@receiver(logins_ended)
def _check(user: int, **_signal: Any) -> None:
    for socket in FeedSocket.__subclasses__():
        check_on_commit(socket.feed, user)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(NUMBER_MAX))
