"""The relay: publishes what is committed, window by window, until it is told to stop."""

import logging
import time

from django.db import Error, connection

from stack.events import health, hooks
from stack.events.backoff import Backoff
from stack.events.bell import Bell
from stack.events.retention import Retention
from stack.outbox import window
from stack.outbox.listener import SOON, Listener
from stack.outbox.room import SIZE, Room
from stack.outbox.routes import Route, SinkError

WINDOW = 5.0
"""Seconds after which a window begins no further wave: its transaction is not to stay open."""

IDLE = 5.0
"""Seconds after which a helper that nobody calls lets its connection to PostgreSQL go."""

logger = logging.getLogger(__name__)


class Publisher:
    """Publishes windows of the events that go one way.

    Others that do the same do no harm: each takes other keys. One that is killed has sent one window, at
    most, that is sent again.
    """

    def __init__(self, route: Route, helper: "Helper | None" = None) -> None:
        """Begin with nothing connected.

        Args:
            route: The way.
            helper: Is called when there is much to do.
        """
        self._route = route
        self._helper = helper
        self._sink = route.sink()
        self._room = Room()
        self._stopping = False

    def publish(self) -> int:
        """Publish one window.

        Returns:
            How many events there were to publish.

        Raises:
            SinkError: The broker is away, or hangs.
        """
        share = self._room.share()
        with window.claimed(self._route.name, share) as claimed:
            if self._helper and len(claimed.rows) == SIZE:
                self._helper.call()
            deadline = time.monotonic() + WINDOW
            for wave in claimed.waves():
                self._sink.send(wave, claimed)
                if self._stopping or time.monotonic() > deadline:  # what is left stays pending
                    break
        self._room.note(share, len(claimed.rows), claimed.refused)
        hooks.count("published", len(claimed.sent), route=self._route.name)
        for identifier, why in claimed.unsent.items():
            hooks.count("returned", 1, route=self._route.name)
            logger.error("event %s is not sent: %s", identifier, why.reason)
        return len(claimed.rows)


class Helper(Publisher):
    """Publishes beside a relay while there is much to do: one waits for the broker, one for PostgreSQL."""

    def __init__(self, route: Route) -> None:
        """Begin with nothing to do."""
        super().__init__(route)
        self._bell = Bell()
        self._due = 0.0

    def call(self) -> None:
        """Have it help until there is little left; for a while after an error the relay is alone."""
        if time.monotonic() >= self._due:
            self._bell.ring()

    def stop(self) -> None:
        """End after the present window."""
        self._stopping = True
        self._bell.ring()

    def run(self) -> None:
        """Help whenever it is called, until told to stop."""
        backoff = Backoff()
        while not self._stopping:
            if not self._bell.wait(IDLE):
                connection.close()
                self._bell.wait(None)
            self._bell.silence()
            try:
                while not self._stopping and self.publish() == SIZE:
                    pass
                backoff.reset()
            except (Error, SinkError, OSError) as error:
                logger.info("A relay goes on without its helper: %s", str(error).strip())
                connection.close()
                self._due = time.monotonic() + backoff.next()
        self._sink.close()


class Relay(Publisher):
    """Publishes whatever comes, and outlives whatever is away."""

    def __init__(self, route: Route, helper: Helper | None = None) -> None:
        """Begin with nothing connected.

        Args:
            route: The way.
            helper: Is called when there is much to do.
        """
        super().__init__(route, helper)
        self._listener = Listener(route.name)
        self._retention = Retention(window.forget)

    def stop(self) -> None:
        """End after the present window."""
        self._stopping = True
        self._listener.wake()

    def close(self) -> None:
        """Let go of all servers."""
        self._sink.close()
        self._listener.close()
        connection.close()

    def run(self) -> None:
        """Publish until told to stop; outlive whatever is away."""
        backoff, seen = Backoff(), False
        while not self._stopping:
            health.beat(self._route.name)
            try:
                if self.publish() or self._stopping:
                    seen = False
                elif seen:  # by another relay, which has its key: not to be asked for without a pause
                    self._listener.pause(SOON)
                    seen = False
                else:
                    seen = self._listener.wait(look=self._is_pending)
                self._retention.turn()
                backoff.reset()
            except (Error, SinkError, OSError) as error:
                logger.warning("Events wait in the outbox: %s", str(error).strip())
                connection.close()
                self._listener.pause(backoff.next())
        self.close()

    def _is_pending(self) -> bool:
        return window.is_pending(self._route.name, self._room.share())
