"""A storm: a rig, a schedule of faults by a seed, and the verdict."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence

from tests.chaos.faults import Fault, schedule, wreak
from tests.chaos.project import Sabotage
from tests.chaos.rig import running
from tests.chaos.servers import STREAMS
from tests.chaos.verdict import Verdict, judge

SEED = os.environ.get("STACKYARD_CHAOS_SEED") or secrets.token_hex(4)
LIMIT = 500
"""Events in a queue."""
PROCESSES = ("web", "publisher-1", "publisher-2", "consumer-1", "consumer-2") + (
    "streamer-1",
    "streamer-2",
) * STREAMS


def suffer(  # pylint: disable=too-many-arguments
    faults: Mapping[Fault, int],
    orders: int,
    processes: Sequence[str] = PROCESSES,
    *,
    sabotage: Sequence[Sabotage] = (),
    seconds: float,
    seed: str = SEED,
) -> Verdict:
    """Run a schedule to its end, and judge."""
    print(f"\nSTACKYARD_CHAOS_SEED={seed}")
    planned = schedule(seed, orders, faults)
    with running(
        processes, seed=seed, orders=orders, sabotage=sabotage, EVENTS_QUEUE_LIMIT=str(LIMIT)
    ) as rig:
        for line in wreak(rig, seed, planned, orders):
            print(line)
        rig.load.close()
        verdict = judge(rig, windows=sum(fault.windows for _, fault in planned), seconds=seconds)
        print(verdict.table())
        print("  ended by themselves:", ", ".join(rig.children.unasked) or "none")
        if verdict.wrong and not sabotage:
            raise AssertionError(f"STACKYARD_CHAOS_SEED={seed}: {verdict.wrong}")
    return verdict
