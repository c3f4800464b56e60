"""The promise, under any interleaving: each committed event takes effect once, in order within its key.

Hypothesis chooses what happens next: events are told, or rolled back; relays publish, side by side, or are
killed between the broker's confirm and their own commit; a consumer takes, fails, is killed before or after
its commit, loses its connection. The database and the broker are real ones.
"""

import threading
from collections import defaultdict
from collections.abc import Sequence
from uuid import uuid4

import amqp
import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django_outbox_pattern.models import Published, Received
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from stack import outbox
from stack.outbox.relay import Relay
from stack.outbox.routes import Route, Sink, routes
from stack.outbox.window import Row, Window
from stack.rabbitmq.connection import connect
from stack.rabbitmq.delivery import Delivery
from stack.rabbitmq.tests.conftest import Effects
from stack.rabbitmq.topology import queue
from tests.processes import SECONDS, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.proves("rabbitmq", "outbox"),
]
KEYS = ["a", "b", "c"]


class Killed(BaseException):
    """What `kill -9` looks like from inside: nothing after it is done."""


class Deadly:
    """A sink that sends, and is killed before anybody hears of it."""

    def __init__(self) -> None:
        """Send as the real one does."""
        self._sink: Sink = routes()["rabbitmq"].sink()

    def send(self, wave: Sequence[Row], window: Window) -> None:
        """Send, and die."""
        self._sink.send(wave, window)
        raise Killed

    def close(self) -> None:
        """Let the connection go."""
        self._sink.close()


class Promise(RuleBasedStateMachine):
    """Tells, publishes, consumes and dies."""

    effects: Effects
    url: str

    def __init__(self) -> None:
        """Begin with empty tables and an empty queue."""
        super().__init__()
        for model in (Published, Received, Group):
            model.objects.all().delete()
        self.told: dict[str, list[int]] = defaultdict(list)
        self.relay = Relay(routes()["rabbitmq"])
        self.consume()

    def consume(self) -> None:
        """Connect, and have the broker send what is in the queue."""
        self.unanswered: list[tuple[int, Delivery]] = []
        self.connection = connect(self.url)
        channel = self.connection.channel()
        channel.basic_qos(0, 10, False)
        channel.basic_consume(queue(self.effects.group), callback=self.arrive)
        self.channel = channel

    def arrive(self, message: amqp.Message) -> None:
        """Keep a delivery until it is its turn."""
        self.unanswered.append((message.delivery_tag, Delivery.of(self.effects.group, message)))

    def look(self) -> None:
        """Read what the broker has sent."""
        try:
            while True:
                self.connection.drain_events(timeout=0.01)
        except TimeoutError:
            pass

    def first(self, key: str) -> tuple[int, Delivery] | None:
        """Return what was delivered first of a key."""
        return next((each for each in self.unanswered if each[1].key == key), None)

    @rule(key=st.sampled_from(KEYS), number=st.integers(1, 3), is_kept=st.booleans())
    def tell(self, key: str, number: int, is_kept: bool) -> None:
        """Tell of some events, and commit or not."""
        begin = len(self.told[key])
        numbers = list(range(begin, begin + number))
        try:
            with transaction.atomic():
                outbox.emit_many(outbox.Event("thing.counted", {"number": each}, key) for each in numbers)
                if not is_kept:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return
        self.told[key] += numbers

    @rule()
    def publish(self) -> None:
        """Publish a window."""
        self.relay.publish()

    @rule()
    def publish_and_die(self) -> None:
        """Send the first wave of a window, and be killed before the commit."""
        relay = Relay(Route("rabbitmq", lambda event_type: "", Deadly))
        try:
            relay.publish()
        except Killed:
            pass
        finally:
            relay.close()

    @rule()
    def publish_side_by_side(self) -> None:
        """Have two relays publish at once."""

        def publish() -> None:
            relay = Relay(routes()["rabbitmq"])
            try:
                relay.publish()
            finally:
                relay.close()

        threads = [threading.Thread(target=publish) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)

    @rule(key=st.sampled_from(KEYS))
    def take(self, key: str) -> None:
        """Take an effect, and answer for it."""
        self.look()
        if first := self.first(key):
            assert first[1].take() is None
            self.channel.basic_ack(first[0])
            self.unanswered.remove(first)

    @rule(key=st.sampled_from(KEYS))
    def fail(self, key: str) -> None:
        """Fail in the middle of an effect; it stays unanswered, to be tried again."""
        self.look()
        if first := self.first(key):
            self.effects.before = self.break_down
            assert first[1].take() is not None or taken_before(self.effects.group, first[1])
            self.effects.before = lambda message: None
            first[1].tries = 0

    @rule(key=st.sampled_from(KEYS), at_the_end=st.booleans())
    def take_and_die(self, key: str, at_the_end: bool) -> None:
        """Be killed in the middle of an effect, or after its commit, before the broker hears of it."""
        self.look()
        if first := self.first(key):
            if not at_the_end:
                self.effects.before = self.break_down
            first[1].take()
            self.effects.before = lambda message: None
        self.lose_connection()

    @rule()
    def lose_connection(self) -> None:
        """Have the broker give all that is unanswered to the next one."""
        self.connection.collect()
        self.consume()

    @precondition(lambda self: any(self.told.values()))
    @rule()
    def have_a_gap(self) -> None:
        """See no effect whose predecessor has taken none."""
        for key in KEYS:
            effects = self.effects.of(key)
            assert effects == self.told[key][: len(effects)]

    def break_down(self, _message: object) -> None:
        """Write something, and fail."""
        Group.objects.create(name=f"half/0/{uuid4()}")
        raise RuntimeError

    def teardown(self) -> None:
        """Let all go its way: what was told has taken its effect, once, in its order."""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE published SET relay_after = NULL")
        try:
            wait_until(self.is_done)
            for key in KEYS:
                assert self.effects.of(key) == self.told[key]
            assert self.effects.of("half") == []
        finally:
            self.connection.collect()
            self.relay.close()

    def is_done(self) -> bool:
        """Go on, and say whether all is published and the queue is empty."""
        while self.relay.publish():
            pass
        self.look()
        for key in KEYS:
            self.take(key)
        state = self.channel.queue_declare(queue(self.effects.group), passive=True)
        return (
            not self.unanswered
            and not state.message_count
            and not Published.objects.filter(status=1).exists()
        )


def taken_before(group: str, delivery: Delivery) -> bool:
    return Received.objects.filter(msg_id=f"{group}:{delivery.identifier}").exists()


@pytest.mark.usefixtures("broker")
def test_whatever_happens(effects: Effects) -> None:
    machine = type("Machine", (Promise,), {"effects": effects, "url": settings.AMQP_URL})
    profile = hypothesis.settings(
        max_examples=15,
        stateful_step_count=25,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],  # to make an example smaller takes minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=profile)
