"""Production's channel layer is one that processes share.

A layer in memory is each process' own: what one worker sends, a socket that another worker holds never gets.
It is for development and tests.

Looked at are the backends of CHANNEL_LAYERS in production's settings; one that a condition chooses, or that
only a run would tell, is left alone. A project that uses a layer (`get_channel_layer`,
`channel_layer.group_…`) and sets none is flagged, too: Channels has none by default.

Standard: Event-Driven Architecture: WebSockets: Django Channels (ASGI).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import Table
from stackyard.rule import Finding, rule

_USED = r"\bget_channel_layer\(|\bchannel_layer\.(?:group_|send)"


@rule("channels-layer", entry="channels")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None or not project.packages.deployed("channels"):
        return
    layers = settings.value("CHANNEL_LAYERS")
    used = project.mentions(_USED)
    if used and "CHANNEL_LAYERS" not in settings and "channels" in settings.items("INSTALLED_APPS").texts():
        yield Finding(
            used,
            "a channel layer is used, and CHANNEL_LAYERS sets none",
            "set one of channels_redis as the default",
        )
    for name in layers.entries if isinstance(layers, Table) else ():
        backend = layers.get(name, "BACKEND")
        if backend == "channels.layers.InMemoryChannelLayer" and not layers.entries[name].condition:
            yield Finding(
                layers.place(name) or settings.place("CHANNEL_LAYERS"),
                f"the channel layer {name} is in memory: processes do not hear of one another",
                "use `channels_redis.core.RedisChannelLayer` in production",
            )
