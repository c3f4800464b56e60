"""Orders by HTTP while everything is killed, frozen and cut off: each event takes effect once, in order."""

from __future__ import annotations

import os
import signal

import pytest

from tests.chaos.faults import (
    Fault,
    cut,
    end,
    fill,
    freeze,
    freeze_server,
    kill,
    kill_backend,
    kill_server,
    pile_up,
    unbind,
)
from tests.chaos.servers import STREAMS
from tests.chaos.storm import LIMIT, PROCESSES, suffer

SHORT: dict[Fault, int] = {
    kill("web"): 1,
    kill("publisher", 1): 1,
    kill("consumer"): 1,
    end("consumer"): 1,
    kill_server("rabbitmq", 2): 1,
    kill_server("postgresql", 2): 1,
    kill_backend(): 1,
    kill_server("valkey"): 1,
    cut("publisher", 1, 2): 1,
    unbind(): 1,
}
LONG: dict[Fault, int] = {
    kill("web"): 3,
    end("web"): 1,
    kill("worker"): 1,
    kill("publisher", 1): 6,
    end("publisher"): 2,
    freeze("publisher", 35, 1): 1,
    kill("consumer"): 6,
    end("consumer"): 4,
    freeze("consumer", 30): 2,
    kill_server("rabbitmq", 2): 5,
    kill_server("rabbitmq", 2, signal.SIGTERM): 1,
    freeze_server("rabbitmq", 20, 2): 1,
    kill_server("postgresql", 2): 2,
    kill_backend(): 2,
    kill_server("valkey"): 2,
    cut("publisher", 8, 2): 1,
    cut("consumer", 8): 1,
    fill(LIMIT): 1,
    pile_up("order.placed.v1", 100): 1,
    unbind(): 2,
}


if STREAMS:
    SHORT |= {kill("streamer"): 1, freeze_server("kafka", 2): 1}
    LONG |= {
        kill("streamer"): 6,
        end("streamer"): 2,
        freeze("streamer", 20): 1,
        freeze_server("kafka", 20): 1,
    }


@pytest.mark.long
@pytest.mark.proves("rabbitmq", "outbox")
def test_no_event_is_lost_or_doubled_in_a_short_storm() -> None:
    suffer(SHORT, 150, seconds=40)


@pytest.mark.chaos
def test_no_event_is_lost_or_doubled_in_a_long_storm() -> None:
    suffer(LONG, int(os.environ.get("STACKYARD_CHAOS_ORDERS", "3000")), (*PROCESSES, "worker"), seconds=180)
