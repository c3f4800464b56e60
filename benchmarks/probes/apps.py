"""An app with one type of event and one consumer of it."""

from django.apps import AppConfig
from probes import thing
from stack.events import declare
from stack.inbox.registry import consumer


class ProbesConfig(AppConfig):
    """Declares them."""

    name = "probes"

    def ready(self) -> None:
        """As an app of the project's does in `events.py` and `consumers.py`."""
        declare(thing.TYPE, thing.Thing)
        consumer(thing.TYPE, group=thing.GROUP)(thing.take)
