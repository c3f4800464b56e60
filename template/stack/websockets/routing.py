"""The way in: HTTP goes on as before, and a handshake is looked at before anything is spent on it.

What an app's module ``sockets`` has in its ``urlpatterns`` is served, as its ``admin`` is registered.
"""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.apps import apps
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils.module_loading import module_has_submodule

from stack.websockets.database import in_database
from stack.websockets.identity import identify
from stack.websockets.places import Places
from stack.websockets.refusal import Receive, Refused, Scope, Send, refuse

logger = logging.getLogger("access")


def with_websockets(http: Any) -> Any:
    """Wrap the ASGI application that answers requests; whatever is no WebSocket goes there untouched."""
    places = Places()
    resolver = URLResolver(RegexPattern(r"^/"), list(_addresses()))

    async def websocket(scope: Scope, receive: Receive, send: Send) -> None:
        match: ResolverMatch | None = None
        try:
            match = _match(scope["path"], resolver)
            async with places.in_worker():
                identity = await in_database(identify, scope)
                async with places.of_user(identity.user):
                    _log(match, HTTPStatus.SWITCHING_PROTOCOLS, identity.user)
                    await match.func({**scope, "identity": identity}, receive, send)
        except Refused as refusal:
            _log(match, refusal.status, None)
            await refuse(scope, send, refusal)

    async def application(scope: Scope, receive: Receive, send: Send) -> Any:
        handler = websocket if scope["type"] == "websocket" else http
        return await handler(scope, receive, send)

    return application


def _addresses() -> Iterator[URLPattern]:
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, "sockets"):
            yield from import_module(f"{app.name}.sockets").urlpatterns


def _match(path: str, resolver: URLResolver) -> ResolverMatch:
    try:
        return resolver.resolve(path)
    except Resolver404 as error:
        raise Refused(HTTPStatus.NOT_FOUND, "There is no socket here.") from error


def _log(match: ResolverMatch | None, status: HTTPStatus, user: int | None) -> None:
    """Write the line that HTTP requests get, too; never the query, which may hold what is secret."""
    route = f"/{match.route}" if match else None
    extra = {"method": "WEBSOCKET", "route": route, "status": int(status), "user_id": user}
    logger.info("WEBSOCKET %s %d", route or "-", status, extra=extra)
