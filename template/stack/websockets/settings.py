"""WebSockets, by Channels: their limits, and the Redis that carries hints between processes."""

from typing import Any

from stack.browser.settings import directives
from stack.environment import DEVELOPMENT, PROJECT_SLUG, env
from stack.gunicorn.settings import UVICORN
from stack.redis.settings import CACHES
from stack.rest.settings import ASGI_MIDDLEWARE, REST_FRAMEWORK
from stack.websockets.sources import socket_sources

# Where the sockets have a port of their own; 0 where a proxy sends /ws/ to them, on the pages' own port.
WEBSOCKET_PORT = env.int("ASGI_PORT", 8001 if DEVELOPMENT else 0)
if WEBSOCKET_PORT:
    # As a page's own origin is another one.
    directives["connect-src"] += socket_sources(
        env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"]), WEBSOCKET_PORT
    )

CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        # The core layer drops what comes in bursts; this one does not, as long as the connection lasts.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [{"address": CACHES["default"]["LOCATION"], "socket_connect_timeout": 2}],  # seconds
            # What channels, and keys, begin with. Channels of Redis know nothing of its numbered databases.
            "prefix": env.str("WEBSOCKET_PREFIX", PROJECT_SLUG),
        },
    }
}

# How a caller is known, in this order: each returns nobody when it is not addressed.
WEBSOCKET_AUTHENTICATION = ["stack.websockets.sessions.session"]
if "stack.jwt.authentication.JWTAuthentication" in REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"]:
    WEBSOCKET_AUTHENTICATION.insert(0, "stack.websockets.bearer.bearer")

WEBSOCKET_MAX_BYTES = env.int("WEBSOCKET_MAX_BYTES", 16_384)  # of a message that comes in
WEBSOCKET_MESSAGES_A_SECOND = env.int("WEBSOCKET_MESSAGES_A_SECOND", 10)  # of a socket; twice as many at once
WEBSOCKETS_A_USER = env.int("WEBSOCKETS_A_USER", 20)
WEBSOCKETS_A_WORKER = env.int("WEBSOCKETS_A_WORKER", 2_000)
WEBSOCKET_LEASE_SECONDS = env.int(
    "WEBSOCKET_LEASE_SECONDS", 60
)  # until the sockets of a killed worker are forgotten
WEBSOCKET_POLL_SECONDS = env.int("WEBSOCKET_POLL_SECONDS", 15)  # until a hint that was lost does not matter
WEBSOCKET_CHECK_SECONDS = env.int("WEBSOCKET_CHECK_SECONDS", 60)  # until a log-out elsewhere closes a socket
WEBSOCKET_SLOW_SECONDS = env.int(
    "WEBSOCKET_SLOW_SECONDS", 10
)  # that a client may leave unread what it was sent
WEBSOCKET_HANDSHAKE_SECONDS = env.int("WEBSOCKET_HANDSHAKE_SECONDS", 10)  # until one is accepted or refused
WEBSOCKET_DATABASE_THREADS = env.int("WEBSOCKET_DATABASE_THREADS", 4)  # of a worker, each with a connection

ASGI_MIDDLEWARE.append("stack.websockets.routing.with_websockets")
UVICORN |= {
    "ws": "stack.websockets.protocol:Protocol",
    "ws_max_size": WEBSOCKET_MAX_BYTES,
    "ws_per_message_deflate": False,  # some hundred KiB a socket, to make short messages a bit shorter
}
