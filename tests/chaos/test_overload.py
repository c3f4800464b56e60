"""Overload: three times as many events as a group of consumers takes; nothing grows but the queue."""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.chaos.load import Answers, Client
from tests.chaos.rig import Rig, running
from tests.chaos.storm import PROCESSES
from tests.chaos.verdict import judge
from tests.conftest import descendants

SECONDS = 60
PAUSE = 0.1
THREADS = 4
TAKEN = THREADS / PAUSE
"""Effects a second that the slower group of consumers reaches, at most."""
TOLD = 3 * TAKEN
BATCH = 12
"""Events a request, each of a key of its own."""


def resident(rig: Rig, kind: str) -> float:
    """Give the memory of a kind of process and what it has started, in MiB."""
    total = 0
    for name in rig.named(kind):
        pid = rig.children.by_name[name].popen.pid
        for each in descendants(pid) | {pid}:
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{each}/status").read_text(encoding="utf-8")
                total += int(fields.partition("VmRSS:")[2].split()[0])
    return total / 1024


def buying(rig: Rig, over: Event) -> list[float]:
    """Place orders, ten a second at most, and give the seconds of each."""
    answers = Answers()
    with contextlib.closing(Client(rig.load.port, answers)) as client:
        client.token = rig.load.tokens[0]
        number = 0
        while not over.wait(0.1):
            number += 1
            lines = [{"product": "p0", "quantity": 1}]
            headers = {"Idempotency-Key": f"{time.monotonic()}"}
            rig.load.answers.accepted.append(
                client.ask("/api/v1/orders/", {"lines": lines}, (201,), **headers)["id"]
            )
    return answers.seconds


def telling(rig: Rig, over: Event) -> int:
    """Tell of events, at their rate; give how many."""
    told, begun = 0, time.monotonic()
    with contextlib.closing(Client(rig.load.port, Answers())) as client:
        while not over.wait(max(begun + told / TOLD - time.monotonic(), 0)):
            client.ask(f"/ledger/spread/{told}/{BATCH}/", {}, (200,))
            told += BATCH
    return told


def during[T](seconds: float, *works: Callable[[Event], T]) -> list[T]:
    """Do things side by side for a while."""
    over = Event()
    with ThreadPoolExecutor(len(works)) as pool:
        running_works = [pool.submit(work, over) for work in works]
        time.sleep(seconds)
        over.set()
        return [work.result() for work in running_works]


def p99(seconds: list[float]) -> float:
    """Give the 99th percentile."""
    return statistics.quantiles(seconds, n=100)[98]


@pytest.mark.chaos
def test_overload_grows_the_queue_and_nothing_else() -> None:
    with running(PROCESSES, seed="overload", orders=0, LEDGER_PAUSE=str(PAUSE)) as rig:
        during(5, lambda over: telling(rig, over), lambda over: buying(rig, over))  # warm
        (before,) = during(20, lambda over: buying(rig, over))
        memory = {kind: resident(rig, kind) for kind in ("web", "publisher", "consumer")}
        told, seconds = 0, list[float]()
        with ThreadPoolExecutor(2) as pool:
            over = Event()
            teller, buyer = pool.submit(telling, rig, over), pool.submit(buying, rig, over)
            time.sleep(SECONDS)
            waiting = sum(rig.operator.do("depths", "ledger").values())
            after = {kind: resident(rig, kind) for kind in memory}
            over.set()
            told, seconds = teller.result(), buyer.result()
        print(f"\n  told {told} events in {SECONDS} s, of which {waiting} wait in the queue at the end")
        print(
            f"  p99 of an order: {1000 * p99(before):.0f} ms before, {1000 * p99(seconds):.0f} ms meanwhile"
        )
        for kind, mebibytes in memory.items():
            print(f"  {kind}: {mebibytes:.0f} MiB before, {after[kind]:.0f} MiB at the end")
        assert waiting > SECONDS * TAKEN / 2, "that was no overload"
        assert p99(seconds) <= max(1.5 * p99(before), 0.25)
        assert all(after[kind] <= 1.2 * mebibytes for kind, mebibytes in memory.items())
        verdict = judge(rig, windows=0, seconds=4 * SECONDS)
        print(verdict.table())
        assert not verdict.wrong
