"""The project's own settings, with an event to measure by, and the way that the library goes."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from config.settings import *  # noqa: F401,F403
from config.settings import INSTALLED_APPS as _apps

INSTALLED_APPS = [*_apps, "probes.apps.ProbesConfig"]
MEDIA_ROOT = Path(os.environ["BENCHMARK_FOLDER"], "media")

_broker = urlsplit(os.environ["AMQP_URL"])
DJANGO_OUTBOX_PATTERN = {
    "DEFAULT_STOMP_HOST_AND_PORTS": [(_broker.hostname, int(os.environ["STOMP_PORT"]))],
    "DEFAULT_STOMP_USERNAME": unquote(_broker.username or ""),
    "DEFAULT_STOMP_PASSCODE": unquote(_broker.password or ""),
    "DEFAULT_STOMP_VHOST": unquote(_broker.path[1:]),
    "DEFAULT_PRODUCER_WAITING_TIME": os.environ.get("LIBRARY_POLL", "1"),  # seconds
}
