"""How fast one `consume` takes effects.

python -m probes.consumer EVENTS ROUNDS
"""

import json
import os
import sys
from pathlib import Path

import django
from django.db import connection


def measure(number: int) -> dict[str, float]:
    """Fill the queue, and have it emptied."""
    from probes.broker import Floor, pending
    from probes.running import running, wait_until
    from probes.thing import taken

    Path(os.environ["TAKEN"]).unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE received")
    floor = Floor()
    floor.publish(pending())
    floor.close()
    with running("manage.py", "consume", "probes"):
        wait_until(lambda: len(taken()) == number, "the last effect", every=0.25)
    effects = taken()
    first, last = effects[number // 10], effects[-1]  # it has begun well before the first that counts
    counted = number - number // 10 - 1
    return {
        "rate": counted / (last.at - first.at) * 1e9,
        "cpu_us": (last.processor - first.processor) / counted / 1e3,
    }


def main() -> None:
    """Run all rounds, and print what they gave."""
    number, rounds = map(int, sys.argv[1:])
    django.setup()
    from probes.broker import purge
    from probes.outbox import fill

    purge()
    fill(number)
    json.dump([measure(number) for _ in range(rounds)], sys.stdout)


if __name__ == "__main__":
    main()
