"""Kafka for the relay: what the brokers confirm is sent, and nothing else."""

import json
import os
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django_outbox_pattern.models import Published
from pytest_django import Settings

from stack import outbox
from stack.kafka import producing, topics
from stack.kafka.tests.conftest import KafkaRelay
from stack.kafka.tests.upto import records
from stack.outbox.relay import Relay
from stack.outbox.routes import SinkError, routes
from tests.processes import wait_until
from tests.relay import relay_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proves("kafka", "outbox")]


def tell(*numbers: int, key: object = "k") -> None:
    """Tell of some numbers, in a transaction of its own."""
    with transaction.atomic():
        outbox.emit_many(outbox.Event("thing.counted", {"number": number}, key) for number in numbers)


def statuses() -> dict[int, int]:
    return dict(
        Published.objects.filter(destination__startswith="/kafka/").values_list("body__number", "status")
    )


def test_an_event_goes_to_the_topic_of_its_kind_as_cloud_events_are_written_there() -> None:
    relay = Relay(routes()["kafka"])
    tell(1, 2, 3)
    tell(4, key="other")
    assert relay.publish() == 4
    assert relay.publish() == 0
    relay.close()

    found = records(topics.topic_of("thing"))
    first = next(record for record in found if record.body == b'{"number": 1}')
    of_k = [json.loads(record.body)["number"] for record in found if record.key == b"k"]
    assert of_k == [1, 2, 3]
    assert first.headers["ce-type"] == "thing.counted.v1"
    assert first.headers["ce-partitionkey"] == "k"
    assert first.headers["content-type"] == "application/json"
    assert first.headers["ce-id"] and first.headers["ce-source"] and first.headers["ce-specversion"] == "1.0"
    assert statuses() == {1: 2, 2: 2, 3: 2, 4: 2}


def test_what_no_broker_takes_is_set_aside_alone(settings: Settings) -> None:
    settings.EVENTS_MAX_BYTES = 10_000_000
    tell(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE published SET body = body || jsonb_build_object('padding', repeat('x', 2000000))"
            " WHERE destination LIKE '/kafka/%'"
        )
    Published.objects.create(destination="/kafka/no name", body={"number": 2})
    tell(3, key="other")
    relay = Relay(routes()["kafka"])
    relay.publish()
    relay.close()
    assert statuses() == {1: -1, 2: -1, 3: 2}


def is_published(relay: Relay) -> bool:
    """Publish, as the relay's loop does: a machine that is busy may take longer than a test's patience."""
    with suppress(SinkError):
        relay.publish()
    return set(statuses().values()) == {2}


def test_brokers_that_hang_have_taken_nothing_and_get_it_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(producing, "PATIENCE", 1)
    monkeypatch.setitem(producing.PROPERTIES, "message.timeout.ms", 1000)
    host, _, port = os.environ["KAFKA_BROKERS"].partition(":")
    with relay_to(host, int(port), KafkaRelay) as between:
        settings.KAFKA_BROKERS = f"{host}:{between.port}"
        relay = Relay(routes()["kafka"])
        tell(1)
        wait_until(lambda: is_published(relay))
        between.hangs.set()
        tell(2, 3)
        tell(4, key="other")
        with pytest.raises(SinkError, match="Kafka"):
            relay.publish()
        assert statuses() == {1: 2, 2: 1, 3: 1, 4: 1}
        between.hangs.clear()
        wait_until(lambda: is_published(relay))
        relay.close()
    settings.KAFKA_BROKERS = os.environ["KAFKA_BROKERS"]
    assert statuses() == {1: 2, 2: 2, 3: 2, 4: 2}
    numbers = [
        json.loads(record.body)["number"]
        for record in records(topics.topic_of("thing"))
        if record.key == b"k"
    ]
    assert sorted(set(numbers), key=numbers.index) == [1, 2, 3]


def test_brokers_that_are_not_there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "PATIENCE", 0.5)
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    tell(1)
    with pytest.raises(SinkError, match="Kafka"):
        Relay(routes()["kafka"]).publish()
    assert statuses() == {1: 1}
