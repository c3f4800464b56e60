"""uvicorn's WebSockets, but a client that does not read is cut off, and so is one that does not shake hands.

uvicorn waits for the first for ever: what it closes, it closes once all is sent. Meanwhile it would go on
reading and answering its pings, and keep the answers in memory. Of a handshake that its parser refuses it
hears nothing, and answers nothing; nor has it a time-out of any.
"""

import logging
from asyncio import BaseTransport, TimerHandle
from typing import Any

from django.conf import settings
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

LINGER_SECONDS = 2
FRAGMENTS_MAX = 64
"""Of one message: empty ones would add up without ever being too big."""


def _is_no_access_line(record: logging.LogRecord) -> bool:
    """Drop the lines that have a socket's whole address; ``routing`` writes better ones."""
    return not str(record.msg).startswith('%s - "WebSocket')


logging.getLogger("uvicorn.error").addFilter(_is_no_access_line)


class Protocol(WebSocketsSansIOProtocol):
    """Holds a client to a handshake, to reading, and to a few fragments a message."""

    _cut: TimerHandle | None = None
    _deadline: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Give the handshake its time."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(settings.WEBSOCKET_HANDSHAKE_SECONDS, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; close when the parser has refused the handshake, whose answer it has ready."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.handshake_complete = self.close_sent = True
            self.transport.close()

    def pause_writing(self) -> None:
        """Read no more of a client that does not read; cut it off if that goes on."""
        super().pause_writing()
        self._pause_reading()
        if self._cut is None:
            self._cut = self.loop.call_later(settings.WEBSOCKET_SLOW_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on."""
        super().resume_writing()
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        """Give the application the next message, and leave reading as it is."""
        message = await super().receive()
        if not self.writable.is_set():
            self._pause_reading()
        return message

    def handle_cont(self, event: Frame) -> None:
        """Take a fragment, unless there are too many."""
        if len(self.frames) >= FRAGMENTS_MAX:
            self.conn.fail(CloseCode.POLICY_VIOLATION, "too many fragments")
            self.handle_parser_exception()
            return
        super().handle_cont(event)

    def handle_parser_exception(self) -> None:
        """Close because of what the client sent, and let it read why.

        uvicorn's own closes the connection at once: what the client is still sending meets a reset, which
        throws away what it has not read yet, such as the reason. Here it has a moment; what comes is dropped.
        """
        if self.close_sent:
            return
        assert self.conn.close_sent is not None
        code, reason = self.conn.close_sent.code, self.conn.close_sent.reason
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.close_timer = self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def keepalive_timeout(self) -> None:
        """Cut off a client that answers no ping."""
        super().keepalive_timeout()
        self.transport.abort()

    async def run_asgi(self) -> None:
        """Serve a socket; when the application is done with it, it ends soon, read or not."""
        await super().run_asgi()
        self.loop.call_later(settings.WEBSOCKET_SLOW_SECONDS, self.transport.abort)

    def _give_up(self) -> None:
        if not self.handshake_complete:
            self.send_500_response()
            self.transport.close()

    def _pause_reading(self) -> None:
        if not self.transport.is_closing():
            self.transport.pause_reading()
