"""channels-wired."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/websockets/routing.py", 'scope["type"] == "websocket"', 'scope["type"] != "http"')

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\nchannels = "^4"\n',
    "shop/settings.py": 'INSTALLED_APPS = ["channels"]\n',
}


@pytest.mark.parametrize(
    "text",
    [
        'application = ProtocolTypeRouter({"http": http, "websocket": URLRouter(routes)})\n',
        'async def application(scope, receive, send):\n    if scope["type"] == "websocket":\n        pass\n',
        "application = ProtocolTypeRouter(dict(http=http, websocket=sockets))\n",
    ],
)
def test_they_do(text: str) -> None:
    passes("channels-wired", {**FILES, "shop/asgi.py": text})


@pytest.mark.parametrize(
    "text",
    [
        "application = get_asgi_application()\n",
        'application = http\n# "websocket": URLRouter(routes)\n',
        "from channels.generic.websocket import X\n",
    ],
)
def test_they_do_not(text: str) -> None:
    flags("channels-wired", {**FILES, "shop/asgi.py": text}, "pyproject.toml:2 sends WebSockets nowhere")


def test_without_channels() -> None:
    passes("channels-wired", {**FILES, "pyproject.toml": ""})
