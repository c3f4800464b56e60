"""What telling of it costs who writes: transactions a second with and without `emit`.

python -m probes.writers SECONDS ROUNDS
"""

import json
import multiprocessing
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

import django
from django.db import connection, transaction

INSERT = "INSERT INTO written (number, text) VALUES (%s, 'text')"

processes = multiprocessing.get_context("fork")


def insert(number: int) -> None:
    """Write a row, in a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [number])


def insert_and_tell(number: int) -> None:
    """Write a row, and tell of it."""
    from probes.thing import TYPE
    from stack import outbox

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [number])
        outbox.emit(TYPE, {"number": number}, key=number)


def write(
    work: Callable[[int], None], begin: int, seconds: float, start: Barrier, done: Queue[float]
) -> None:
    """Do it again and again."""
    work(begin)
    start.wait()
    started, number = time.monotonic(), begin
    while time.monotonic() < started + seconds:
        number += 1
        work(number)
    done.put((number - begin) / (time.monotonic() - started))


def measure(work: Callable[[int], None], writers: int, seconds: float) -> float:
    """Return transactions a second, of all writers."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE published")
        cursor.execute("DROP TABLE IF EXISTS written")
        cursor.execute("CREATE TABLE written (id bigserial PRIMARY KEY, number bigint, text text)")
    connection.close()
    start, done = processes.Barrier(writers), processes.Queue()
    started = [
        processes.Process(target=write, args=(work, writer * 1_000_000, seconds, start, done))
        for writer in range(writers)
    ]
    for process in started:
        process.start()
    rate: float = sum(done.get(timeout=60) for _ in started)
    for process in started:
        process.join()
    return rate


def main() -> None:
    """Run all rounds, and print what they gave."""
    seconds, rounds = map(float, sys.argv[1:])
    django.setup()
    from probes.broker import purge
    from probes.running import running, wait_until
    from stack.outbox.window import is_pending

    results: dict[str, dict[str, list[float]]] = {}
    for writers in (1, 8):
        rates: dict[str, list[float]] = {"insert": [], "and emit": [], "and a relay": []}
        for _ in range(int(rounds)):
            for name, numbers in rates.items():
                work = insert if name == "insert" else insert_and_tell
                relay = running("manage.py", "publish", "rabbitmq") if "relay" in name else nullcontext()
                with relay:
                    if "relay" in name:  # which is there once what was told of is sent
                        wait_until(lambda: not is_pending("rabbitmq"), "the relay")
                    numbers.append(measure(work, writers, seconds))
        results[str(writers)] = rates
    purge()
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
