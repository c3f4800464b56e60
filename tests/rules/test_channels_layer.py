"""channels-layer."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/websockets/settings.py",
    "channels_redis.pubsub.RedisPubSubChannelLayer",
    "channels.layers.InMemoryChannelLayer",
)

PYPROJECT = '[tool.poetry.dependencies]\nchannels = "^4"\n'
USE = "layer = get_channel_layer()\n"


def settings(text: str, more: str = "") -> dict[str, str]:
    return {
        "pyproject.toml": PYPROJECT,
        "shop/settings.py": f'INSTALLED_APPS = ["channels"]\n{text}\n',
        "shop/sockets.py": more,
    }


@pytest.mark.parametrize(
    "text",
    [
        'CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer"}}',
        'CHANNEL_LAYERS = {"default": {"BACKEND": env("LAYER")}}',
        "CHANNEL_LAYERS = layers()",
        'if DEBUG:\n    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}',
    ],
)
def test_one_that_is_shared_or_not_known(text: str) -> None:
    passes("channels-layer", settings(text, USE))


def test_one_in_memory() -> None:
    text = 'CHANNEL_LAYERS = {\n    "default": {"BACKEND": "channels.layers.InMemoryChannelLayer"},\n}'
    flags("channels-layer", settings(text), "shop/settings.py:3 the channel layer default is in memory")


def test_development_may_have_one_in_memory() -> None:
    memory = 'CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}\n'
    files = {
        "pyproject.toml": PYPROJECT,
        "shop/settings/base.py": 'INSTALLED_APPS = ["channels"]\nCHANNEL_LAYERS = layers()\n',
        "shop/settings/local.py": f"from .base import *\n\n{memory}",
        "shop/settings/production.py": "from .base import *\n",
    }
    passes("channels-layer", files)


def test_none_that_is_used() -> None:
    flags("channels-layer", settings("", USE), "shop/sockets.py:1 CHANNEL_LAYERS sets none")
    passes("channels-layer", settings("", ""))
