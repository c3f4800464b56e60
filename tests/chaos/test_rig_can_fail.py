"""The rig finds what it is to find: with a safeguard taken out of the project, the verdict is another."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.chaos.faults import Fault, kill, kill_server, unbind
from tests.chaos.project import Sabotage
from tests.chaos.storm import suffer

TAKING, WINDOW, SINK = "stack/inbox/taking.py", "stack/outbox/window.py", "stack/rabbitmq/sink.py"
CONSUMING, TOPOLOGY = "stack/rabbitmq/consuming.py", "stack/rabbitmq/topology.py"
CONNECTION = "stack/rabbitmq/connection.py"

INBOX = Sabotage(TAKING, "if is_new := enter(group, message):", "if is_new := enter(group, message) or True:")
UNBOUND = Sabotage(SINK, "if is_first else ()", "if False else ()")
ORDER = (
    Sabotage(
        WINDOW, "if wave.setdefault(row.key, row) is not row:", "if wave.setdefault(row.id, row) is not row:"
    ),
    Sabotage(WINDOW, "waiting.relay_after > now()", "false"),
    UNBOUND,
)
LANES = Sabotage(
    CONSUMING, "message.delivery_tag if delivery.key is None else delivery.key", "message.delivery_tag"
)
MANDATORY = (Sabotage(SINK, "mandatory=True", "mandatory=False"), UNBOUND)
CONFIRMS = Sabotage(
    SINK, "self._unconfirmed[self._last_tag] = row", "self._window.sent.add(row.id)  # whatever becomes of it"
)
PERSISTENCE = (
    Sabotage(CONNECTION, "PERSISTENT = 2", "PERSISTENT = 1"),
    Sabotage(TOPOLOGY, '{"x-queue-type": "quorum"}', '{"x-queue-type": "classic"}'),
    Sabotage(TOPOLOGY, '"x-delivery-limit": DELIVERIES,', ""),
    Sabotage(TOPOLOGY, '{"x-delivery-limit": FOR_EVER}', "{}"),
)
ANSWERS = Sabotage(
    CONSUMING, "basic_consume(queue(group), TAG,", "basic_consume(queue(group), TAG, no_ack=True,"
)
STORMS = 3
"""Whether a fault hits what the safeguard is for is chance."""


@pytest.mark.chaos
@pytest.mark.parametrize(
    ("sabotage", "faults", "found"),
    [
        pytest.param((INBOX,), {kill("publisher"): 4, kill("consumer"): 6}, "events doubled", id="inbox"),
        pytest.param(
            ORDER,
            {unbind("order.placed.v1"): 8, kill("publisher", 1): 2},
            "events taken out of order",
            id="order",
        ),
        pytest.param((LANES,), {kill("consumer"): 2}, "events taken out of order", id="lanes"),
        pytest.param(MANDATORY, {unbind(): 6}, "events lost", id="mandatory"),
        pytest.param((CONFIRMS,), {kill_server("rabbitmq"): 4}, "events lost", id="confirms"),
        pytest.param(PERSISTENCE, {kill_server("rabbitmq"): 2}, "events lost", id="persistence"),
        pytest.param((ANSWERS,), {kill("consumer"): 8}, "events lost", id="acknowledgements"),
    ],
)
def test_without_a_safeguard_the_verdict_is_another(
    sabotage: tuple[Sabotage, ...], faults: Mapping[Fault, int], found: str
) -> None:
    seconds = 60 if sabotage == ORDER else 10
    for storm in range(STORMS):
        verdict = suffer(faults, 200, sabotage=sabotage, seconds=seconds, seed=f"sabotage-{storm}")
        if found in verdict.wrong:
            return
    pytest.fail(f"{STORMS} storms did not show it: {verdict.figures}")
