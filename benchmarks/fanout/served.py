"""The project as it is and, below /raw/, Channels as it comes: a consumer in a group, and nothing before it.

This folder is on the path, and not the one above: that has a module called ``websockets``.
"""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from config.asgi import application as project


class Raw(AsyncWebsocketConsumer):  # type: ignore[misc]  # it has no types
    """Passes on what its group is sent."""

    async def connect(self) -> None:
        await self.channel_layer.group_add(f"raw.{self.scope['query_string'].decode()}", self.channel_name)
        await self.accept()

    async def raw_message(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


raw = Raw.as_asgi()


async def application(scope: Any, receive: Any, send: Any) -> Any:
    """Send the one to Channels, and the rest to the project."""
    return await (raw if scope["path"].startswith("/raw/") else project)(scope, receive, send)
