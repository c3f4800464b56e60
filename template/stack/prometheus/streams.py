"""How far the readers of streams are behind, also when none of them runs."""

import logging
from collections.abc import Iterable

from confluent_kafka import KafkaException
from django.db import Error, connection
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from stack.kafka.lag import measure

logger = logging.getLogger(__name__)


class Lag(Collector):
    """Asks brokers and database, at each scrape."""

    def describe(self) -> Iterable[Metric]:
        """Say what it gives, without asking anybody."""
        return [_family()]

    def collect(self) -> Iterable[Metric]:
        """Give the events that each group has not taken yet."""
        family = _family()
        try:
            for lag in measure():
                family.add_metric([lag.group, lag.topic, str(lag.partition)], lag.events)
        except (KafkaException, Error) as error:  # the other numbers are of use without it
            logger.warning("no lag of the streams: %s", str(error).strip())
        finally:
            connection.close()
        return [family]


def _family() -> GaugeMetricFamily:
    labels = ["group", "topic", "partition"]
    return GaugeMetricFamily("kafka_consumer_lag", "Events that a group has not taken yet.", labels=labels)
