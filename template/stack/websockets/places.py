"""How many sockets a user may have, counted for all processes together.

Each socket holds a place: a member of the user's sorted set in Redis, whose score is the moment when it is
forgotten. Processes renew the places of their sockets; those of a process that was killed run out by
themselves. A script counts and takes in one step, by Redis' own clock: nobody can get in between.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from itertools import batched
from typing import Any
from uuid import uuid4

from django.conf import settings
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from redis.exceptions import RedisError

from stack.websockets.refusal import Refused

_TAKE = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
"""
_RENEW = """
redis.call('ZADD', KEYS[1], tonumber(redis.call('TIME')[1]) + ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
"""
RENEWALS_AT_ONCE = 500

logger = logging.getLogger(__name__)


class Places:
    """The places that this process holds."""

    def __init__(self) -> None:
        """Hold none."""
        self._keys: dict[str, str] = {}
        self._inside = 0
        self._renewal: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def in_worker(self) -> AsyncIterator[None]:
        """Be one of this process's sockets, or of those that ask to become one.

        Raises:
            Refused: When there are too many.
        """
        if self._inside >= settings.WEBSOCKETS_A_WORKER:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Too many sockets are open here; try again.")
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    @asynccontextmanager
    async def of_user(self, user: int) -> AsyncIterator[None]:
        """Be one of a user's sockets.

        Raises:
            Refused: When there are too many, or Redis, which counts them, is away.
        """
        layers: dict[str, Any] = settings.CHANNEL_LAYERS
        key, name = f"{layers['default']['CONFIG']['prefix']}:sockets:{user}", uuid4().hex
        try:
            taken = await asyncio.to_thread(_take, key, name)
        except RedisError as error:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Not available just now; try again.") from error
        if not taken:
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "You have too many sockets open.")
        self._keys[name] = key
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renew())
        try:
            yield
        finally:
            del self._keys[name]
            await asyncio.shield(asyncio.to_thread(_leave, key, name))

    async def _renew(self) -> None:
        while self._keys:
            await asyncio.sleep(settings.WEBSOCKET_LEASE_SECONDS / 3)
            try:
                for some in batched(self._keys.copy().items(), RENEWALS_AT_ONCE, strict=False):
                    # One that was left meanwhile must not come back.
                    held = [(name, key) for name, key in some if name in self._keys]
                    await asyncio.to_thread(_renew, held)
            except RedisError as error:
                logger.warning("places of sockets were not renewed: %s", error)
        self._renewal = None


def _take(key: str, name: str) -> bool:
    server = get_redis_connection("default")
    lease, places = settings.WEBSOCKET_LEASE_SECONDS, settings.WEBSOCKETS_A_USER
    return bool(server.eval(_TAKE, 1, key, name, lease, places))


def _renew(held: list[tuple[str, str]]) -> None:
    pipeline = get_redis_connection("default").pipeline(transaction=False)
    for name, key in held:
        pipeline.eval(_RENEW, 1, key, name, settings.WEBSOCKET_LEASE_SECONDS)
    pipeline.execute()


def _leave(key: str, name: str) -> None:
    try:
        get_redis_connection("default").zrem(key, name)
    except RedisError as error:  # it runs out
        logger.warning("the place of a socket was not given back: %s", error)
