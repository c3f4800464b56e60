"""Streams of events in topics, and a group of readers, that nobody else has."""

import json
import os
import socket
import struct
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from stack.events import registry
from stack.kafka import registry as streams
from stack.kafka import topics
from stack.kafka.producing import Confirming, Outgoing
from stack.kafka.record import Record
from stack.kafka.streaming import Streaming
from stack.kafka.tests.effects import GROUP, Effects, register
from stack.kafka.tests.upto import Alone, records
from tests.processes import SECONDS
from tests.relay import Relay

PRODUCER = Confirming()
"""One for all tests: it takes half a second to begin."""


class KafkaRelay(Relay):
    """Relays, and tells clients that the broker is where it is itself."""

    def pump(self, source: socket.socket, target: socket.socket) -> None:
        """Pass on what comes from one side, until told to hang."""
        host, port = self.server
        there, here = (host.encode() + struct.pack(">i", each) for each in (port, self.port))
        with suppress(OSError):
            while data := source.recv(65536):
                if self.hangs.is_set():
                    return
                target.sendall(data.replace(there, here))


@pytest.fixture(name="effects", autouse=True)
def _effects(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Effects]:
    """What the group `counters` takes, of topics of its own."""
    if not os.environ.get("KAFKA_BROKERS"):
        pytest.skip("no broker of Kafka's protocol here")
    settings.KAFKA_PREFIX = f"test-{uuid4().hex}."
    settings.KAFKA_PARTITIONS = 4
    settings.STREAM_TRIES, settings.STREAM_PAUSE = 2, 0.05
    streams.groups()  # the apps' own, before a test has its own
    monkeypatch.setattr(registry, "_declared", {})
    monkeypatch.setattr(streams, "_readers", defaultdict(dict))
    monkeypatch.setattr(streams, "_forgetters", {})
    effects = Effects()
    register(effects)
    topics.declare([topics.topic_of("thing")])
    yield effects


def accept(_number: int, error: object) -> None:
    """Insist that a message is taken."""
    assert error is None


def put(*events: tuple[str, int], **headers: str) -> None:
    """Put events on the stream, each of a key and a number, with these headers instead of the usual."""
    put_raw(*((key, json.dumps({"number": number}).encode()) for key, number in events), **headers)


def put_raw(*bodies: tuple[str, bytes], topic: str = "", **headers: str) -> None:
    """Put anything on the stream."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for key, body in bodies:  # one by one: two of a key are never on the way at once
        usual = {
            "ce-id": str(uuid4()),
            "ce-type": "thing.counted.v1",
            "ce-time": timezone.now().isoformat(),
            "ce-partitionkey": key,
        }
        outgoing = Outgoing(topic or topics.topic_of("thing"), key.encode(), usual | given, body)
        PRODUCER.send([outgoing], accept)


def dead() -> list[Record]:
    """Return the group's dead letters."""
    name = topics.dead_letters(topics.topic_of("thing"), GROUP)
    topics.declare([name], partitions=1)
    return records(name)


@contextmanager
def reading(kind: type[Streaming] = Alone) -> Iterator[Streaming]:
    """Read in a thread, until the block ends."""
    streaming = kind(GROUP)

    def run() -> None:
        try:
            streaming.run()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    try:
        yield streaming
    finally:
        streaming.stop()
        thread.join(SECONDS)
        assert not thread.is_alive()
