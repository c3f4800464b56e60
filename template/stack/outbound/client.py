"""Calls of other servers."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from urllib3 import HTTPHeaderDict

from stack.environment import PROJECT_SLUG
from stack.outbound.answer import Answer
from stack.outbound.errors import OutboundError
from stack.outbound.exchange import Call, exchange
from stack.outbound.hooks import called
from stack.outbound.redirects import follow
from stack.outbound.retries import insist
from stack.outbound.sockets import Clock
from stack.outbound.target import target_of

logger = logging.getLogger("outbound")


@dataclass(frozen=True, kw_only=True)
class Client:
    """Calls within limits of its own; what it is not told, the settings say.

    Attributes:
        connect_seconds: For the address, the connection and TLS.
        read_seconds: Until the next byte.
        deadline_seconds: For all of a call, redirects and further tries included.
        max_bytes: Of an answer, unpacked.
        tries: How often a call that is idempotent is made, at most.
    """

    connect_seconds: float = field(default_factory=lambda: settings.OUTBOUND_CONNECT_SECONDS)
    read_seconds: float = field(default_factory=lambda: settings.OUTBOUND_READ_SECONDS)
    deadline_seconds: float = field(default_factory=lambda: settings.OUTBOUND_DEADLINE_SECONDS)
    max_bytes: int = field(default_factory=lambda: settings.OUTBOUND_MAX_BYTES)
    tries: int = field(default_factory=lambda: settings.OUTBOUND_TRIES)

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        json: Any = None,
    ) -> Answer:
        """Call a server.

        Args:
            method: Such as GET. A call that is not idempotent is made again only with an `Idempotency-Key`.
            url: May be anybody's.
            headers: Those that may be secret are not told to another origin that a redirect names.
            body: What to send.
            json: What to send instead, as JSON.

        Returns:
            The answer, whatever its status. Redirects are followed for GET and HEAD only.

        Raises:
            OutboundError: There is none. Its subclasses say why.
        """
        clock = Clock(time.monotonic() + self.deadline_seconds, self.read_seconds)
        sent = HTTPHeaderDict(headers or {})
        sent.setdefault("User-Agent", PROJECT_SLUG)
        if json is not None:
            body = orjson.dumps(json)
            sent.setdefault("Content-Type", "application/json")

        def once(call: Call) -> Answer:
            return exchange(call, clock, self.connect_seconds, self.max_bytes)

        def tried(call: Call) -> Answer:
            return insist(once, call, self.tries, clock.deadline)

        with _told(method) as about:
            target = target_of(url)
            about["host"] = target.host
            with called(method, target.host, sent):
                answer = follow(tried, Call(method, target, sent, body))
            about["outcome"] = answer.status
            return answer


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    json: Any = None,
) -> Answer:
    """Call a server within the limits of the settings, as `Client.request` does."""
    return Client().request(method, url, headers=headers, body=body, json=json)


@contextmanager
def _told(method: str) -> Iterator[dict[str, Any]]:
    """Write one line about a call, without path and query: they may be secret, as those of webhooks."""
    about: dict[str, Any] = {"method": method, "host": "-", "outcome": "-"}
    started, level = time.monotonic(), logging.INFO
    try:
        yield about
    except OutboundError as error:
        about["outcome"], level = type(error).__name__, logging.WARNING
        raise
    finally:
        about["duration_ms"] = round((time.monotonic() - started) * 1000, 1)
        logger.log(level, "%s %s %s", method, about["host"], about["outcome"], extra=about)
