"""How much faster two relays are than one.

python -m probes.relays EVENTS ROUNDS
"""

import json
import multiprocessing
import sys
import time
from multiprocessing.synchronize import Barrier

import django
from django.db import connection
from probes.running import PATIENCE

processes = multiprocessing.get_context("fork")


def relay(start: Barrier) -> None:
    """Publish with the others until nothing is left."""
    from probes.drain import relay as prepare
    from stack.outbox.window import is_pending

    drain = prepare()
    start.wait(PATIENCE)
    while is_pending("rabbitmq"):
        drain()


def measure(relays: int, number: int) -> float:
    """Return events a second."""
    from probes.broker import purge
    from probes.outbox import fill

    fill(number)
    connection.close()  # which those that are forked would share
    start = processes.Barrier(relays + 1)
    started = [processes.Process(target=relay, args=(start,)) for _ in range(relays)]
    for process in started:
        process.start()
    start.wait(PATIENCE)
    begin = time.perf_counter()
    for process in started:
        process.join()
        assert process.exitcode == 0
    seconds = time.perf_counter() - begin
    purge(number)
    return number / seconds


def main() -> None:
    """Run all rounds, and print what they gave."""
    number, rounds = map(int, sys.argv[1:])
    django.setup()
    from probes.broker import purge

    purge()
    results: dict[str, list[float]] = {"one": [], "two": []}
    for _ in range(rounds):
        results["one"].append(measure(1, number))
        results["two"].append(measure(2, number))
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
