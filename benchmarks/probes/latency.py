"""How long after its commit an event is at a consumer: by our relay, by the library, without an outbox.

python -m probes.latency SECONDS ROUNDS
"""

import itertools
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

import django

A_SECOND = 50
"""Events."""

type Send = Callable[[int], int]
"""Commits an event, or publishes one. Returns when its way began, by the clock that all processes share."""

numbers = itertools.count()


def commit(number: int) -> int:
    """Commit an event."""
    from probes.thing import tell

    tell([number])
    return time.monotonic_ns()


def direct() -> Send:
    """Prepare to publish without an outbox: the event is confirmed, and lost with a crash before that."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from probes.broker import Event, Floor
    from probes.thing import Thing

    floor = Floor()

    def publish(number: int) -> int:
        headers = {
            "ce-id": str(uuid4()),
            "ce-type": "thing.counted.v1",
            "ce-time": datetime.now(UTC).isoformat(),
            "ce-partitionkey": str(number),
        }
        begin = time.monotonic_ns()
        floor.publish([Event(headers["ce-id"], Thing(number=number).model_dump_json().encode(), headers)])
        return begin

    return publish


def measure(
    send: Send, carrier: AbstractContextManager[None], seconds: int, *, may_lose: bool = False
) -> list[float]:
    """Send at a steady rate while something carries it.

    Args:
        send: Sends one.
        carrier: Is there meanwhile.
        seconds: How long.
        may_lose: Whether some may never come.

    Returns:
        Milliseconds of each that came.
    """
    from probes.running import wait_until
    from probes.thing import taken

    with carrier:
        first = next(numbers)
        send(first)
        wait_until(lambda: any(each.number == first for each in taken()), "the first event")
        begun: dict[int, int] = {}
        start = time.monotonic()
        for turn in range(seconds * A_SECOND):
            time.sleep(max(start + turn / A_SECOND - time.monotonic(), 0))
            number = next(numbers)
            begun[number] = send(number)
        try:
            wait_until(lambda: begun.keys() <= {each.number for each in taken()}, "the last event")
        except TimeoutError:
            if not may_lose:
                raise
            lost = begun.keys() - {each.number for each in taken()}
            print(f"{len(lost)} of {len(begun)} events never came", file=sys.stderr)
    return [(each.at - begun[each.number]) / 1e6 for each in taken() if each.number in begun]


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return the usual ones."""
    ordered = sorted(milliseconds)
    return {f"p{share}_ms": ordered[len(ordered) * share // 100] for share in (50, 95, 99)}


def main() -> None:
    """Run all rounds, and print what they gave."""
    seconds, rounds = map(int, sys.argv[1:])
    django.setup()
    from probes.broker import purge
    from probes.outbox import fill
    from probes.running import running

    fill(0)
    purge()
    results: dict[str, list[dict[str, float]]] = {"ours": [], "direct": [], "library": []}
    publish = direct()
    with running("manage.py", "consume", "probes"):
        for turn in range(rounds):
            relay = running("manage.py", "publish", "rabbitmq")
            results["ours"].append(percentiles(measure(commit, relay, seconds)))
            results["direct"].append(percentiles(measure(publish, nullcontext(), seconds)))
            if turn == 0:
                library = running("-m", "probes.library", LIBRARY_POLL="1")
                results["library"].append(percentiles(measure(commit, library, seconds, may_lose=True)))
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
