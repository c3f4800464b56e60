"""Metrics of events: counters of what a process did, and what the database says of what is left to do."""

import logging
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

from django.db import Error, connection
from prometheus_client import REGISTRY, Counter, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from stack.events import hooks
from stack.outbox.routes import routes
from stack.prometheus.settings import PROMETHEUS_ADDR, PROMETHEUS_PORT

logger = logging.getLogger(__name__)

COUNTERS = {
    "published": Counter("events_published_total", "Events that a broker has confirmed.", ["route"]),
    "returned": Counter("events_returned_total", "Events that no broker took.", ["route"]),
    "taken": Counter("events_taken_total", "Events whose effect was taken.", ["group"]),
    "duplicate": Counter("events_duplicate_total", "Events that came once more.", ["group"]),
    "retried": Counter("events_retried_total", "Tries of an effect that failed.", ["group"]),
    "dead_lettered": Counter("events_dead_lettered_total", "Events that were given up.", ["group"]),
}

# Not `status <> 2`, nor IN: for these the planner would read the whole table, and not two small indexes.
OUTBOX = """
SELECT relay_route, count(*) FILTER (WHERE status = 1), count(*) FILTER (WHERE status = -1),
    coalesce(extract(epoch FROM now() - min(added) FILTER (WHERE status = 1)), 0)::float
FROM published WHERE status = 1 OR status = -1 GROUP BY relay_route
"""
DEAD_LETTERS = 'SELECT "group", count(*) FROM inbox_deadletter WHERE replayed_at IS NULL GROUP BY "group"'


class Left(Collector):
    """Asks the database, at each scrape."""

    def collect(self) -> Iterable[Metric]:
        """Give what waits, what was set aside, and what could not be taken."""
        pending = GaugeMetricFamily("events_pending", "Events that wait in the outbox.", labels=["route"])
        aside = GaugeMetricFamily("events_set_aside", "Events that can't be sent.", labels=["route"])
        oldest = GaugeMetricFamily(
            "events_oldest_seconds", "Age of the oldest event in the outbox.", labels=["route"]
        )
        dead = GaugeMetricFamily("events_dead_letters", "Events not taken, nor replayed.", labels=["group"])
        try:
            with connection.cursor() as cursor:
                cursor.execute(OUTBOX)
                left = {route: figures for route, *figures in cursor.fetchall()}
                for route in {*routes(), *left}:
                    waiting, set_aside, age = left.get(route, (0, 0, 0))
                    pending.add_metric([route], waiting)
                    aside.add_metric([route], set_aside)
                    oldest.add_metric([route], age)
                cursor.execute(DEAD_LETTERS)
                for group, number in cursor.fetchall():
                    dead.add_metric([group], number)
        except Error as error:  # the counters are of use without it
            logger.warning("no numbers of the outbox: %s", str(error).strip())
        finally:
            connection.close()
        return [pending, aside, oldest, dead]


def count(what: str, times: int, labels: dict[str, str]) -> None:
    """Count what happened."""
    COUNTERS[what].labels(**labels).inc(times)


def serve() -> None:
    """Answer scrapes, in a process of events."""
    assert PROMETHEUS_PORT
    REGISTRY.register(Left())
    if find_spec("stack.kafka"):
        REGISTRY.register(import_module("stack.prometheus.streams").Lag())
    start_http_server(PROMETHEUS_PORT, PROMETHEUS_ADDR)


def measure() -> None:
    """Have each process of events answer scrapes."""
    hooks.counting.append(count)
    hooks.starting.append(serve)
