"""A socket that takes small JSON messages, and not too many of them."""

import json
from time import monotonic
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from stack.websockets.identity import Identity

POLICY, TOO_BIG, NOT_TEXT = 1008, 1009, 1003
"""What closes a socket, by the codes of RFC 6455, section 7.4.1."""
IDENTITY_ENDED = 4401
"""Ours: the token or session that opened the socket holds no more; log in, or refresh, then come again."""


class Socket(AsyncWebsocketConsumer):  # type: ignore[misc]  # it has no types
    """Behind ``routing``, which has seen to who is there and from where.

    Attributes:
        subprotocol: What is picked when a client offers it.
        identity: Who is at the other end.
    """

    subprotocol = "json"
    identity: Identity
    _closing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let twice as many messages come at once as in a second."""
        super().__init__(*args, **kwargs)
        self._tokens = 2.0 * settings.WEBSOCKET_MESSAGES_A_SECOND
        self._filled_at = monotonic()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take over a socket."""
        self.identity = scope["identity"]
        await super().__call__(scope, receive, send)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Handle a message of the client's, or of the layer's.

        Channels would look for old database connections before each one, in another thread, which costs more
        than all else. Nothing here uses a connection but in `in_database`, which does that.
        """
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def accept(self, subprotocol: str | None = None, headers: Any = None) -> None:
        """Accept, with our subprotocol if it is offered: a browser that offers some insists on one."""
        offered = self.subprotocol in self.scope["subprotocols"]
        await super().accept(subprotocol or (self.subprotocol if offered else None), headers)

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        """Read a message of the client's, or close."""
        if self._closing:
            return
        text = message.get("text")
        if not self._has_token():
            await self.close(POLICY, "too many messages")
        elif text is None:
            await self.close(NOT_TEXT, "text only")
        elif len(text.encode()) > settings.WEBSOCKET_MAX_BYTES:
            await self.close(TOO_BIG, "too big")
        else:
            try:
                content = json.loads(text)
            except (ValueError, RecursionError):
                await self.close(POLICY, "JSON only")
            else:
                await self.receive_json(content)

    async def receive_json(self, content: Any) -> None:
        """Handle a message of the client's; none are expected."""
        await self.close(POLICY, f"no {type(content).__name__} is expected")

    async def close(self, code: Any = None, reason: str | None = None) -> None:
        """Close, once, and read no more."""
        if not self._closing:
            self._closing = True
            await super().close(code, reason)

    def _has_token(self) -> bool:
        rate, now = settings.WEBSOCKET_MESSAGES_A_SECOND, monotonic()
        self._tokens = min(2.0 * rate, self._tokens + (now - self._filled_at) * rate)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
