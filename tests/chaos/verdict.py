"""Compares what was ordered with what took effect."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.chaos.rig import Rig
from tests.conftest import wait_for

IN_FLIGHT = 500
"""Events that a process of relays has sent and not yet noted, at most."""

EXPECTED = """
SELECT id::text AS key, 'order.placed' AS type, 1 AS position FROM orders_order
UNION ALL SELECT id::text, 'order.' || status, 2 FROM orders_order WHERE status IN ('paid', 'cancelled')
UNION ALL SELECT key, 'ledger.counted', generate_series(1, value) FROM ledger_counter
"""
"""What the orders themselves say, whatever the outbox does."""

LOST = """
SELECT g."group", key, type, position FROM ({expected}) AS e
CROSS JOIN unnest(ARRAY[{groups}]) AS g("group")
EXCEPT SELECT "group", key, type, position FROM ledger_effect
"""
INVENTED = """
SELECT "group", key, type, position FROM ledger_effect
EXCEPT SELECT g."group", key, type, position FROM ({expected}) AS e
CROSS JOIN unnest(ARRAY[{groups}]) AS g("group")
"""
DOUBLED = """
SELECT "group", key, type, position, count(*), array_agg(event::text) FROM ledger_effect
GROUP BY "group", key, type, position HAVING count(*) > 1
"""
DISORDERED = """
SELECT "group", key, before, position, event::text FROM (
    SELECT *, lag(position) OVER (
        PARTITION BY "group", key ORDER BY pg_xact_commit_timestamp(transaction), id
    ) AS before FROM ledger_effect
) AS row WHERE before > position
"""
NOTIFIED = """
SELECT coalesce(told.key, seen.key), coalesce(told.type, seen.type), seen.times
FROM (SELECT key, type FROM ({expected}) AS e WHERE type LIKE 'order.%') AS told
FULL JOIN (
    SELECT data ->> 'order' AS key, kind AS type, count(*) AS times
    FROM notifications_notification GROUP BY 1, 2
) AS seen USING (key, type) WHERE told.key IS NULL OR seen.times IS DISTINCT FROM 1
"""
"""What the project's own consumers have made of it: a notification for each event of an order."""
TOLD_IN_DISORDER = """
SELECT relay_route, relay_key, before, position FROM (
    SELECT *, lag(position) OVER (PARTITION BY relay_route, relay_key ORDER BY relay_seq) AS before FROM (
        SELECT *, CASE headers ->> 'ce-type' WHEN 'ledger.counted.v1' THEN (body ->> 'position')::int
            WHEN 'order.placed.v1' THEN 1 ELSE 2 END AS position FROM published
    ) AS placed
) AS row WHERE before > position
"""
PENDING = "SELECT count(*) FROM published WHERE status = 1"
SET_ASIDE = "SELECT id::text, relay_key, relay_error FROM published WHERE status = -1"
DEAD = 'SELECT "group", event, type, key, right(reason, 300) FROM inbox_deadletter'


@dataclass
class Verdict:
    """What was found.

    Attributes:
        figures: In words and numbers.
        wrong: What must not be, by its name, with examples.
    """

    figures: dict[str, object] = field(default_factory=dict)
    wrong: dict[str, list[object]] = field(default_factory=dict)

    def table(self) -> str:
        """Set the figures in a table."""
        return "\n".join(f"  {name:<40}{value!s:>12}" for name, value in self.figures.items())

    def require(self, name: str, found: list[tuple[object, ...]]) -> None:
        """Note what must not be."""
        self.figures[name] = len(found)
        if found:
            self.wrong[name] = list(found[:20])


def judge(  # pylint: disable=too-many-locals  # all that there is to find
    rig: Rig, *, windows: int, seconds: float
) -> Verdict:
    """Wait until nothing is under way any more, then look.

    Args:
        rig: What ran.
        windows: How many times what was in flight may have been sent twice.
        seconds: When to give up waiting.
    """
    verdict = Verdict()
    said = {
        "expected": EXPECTED,
        "groups": ", ".join(f"'{group}'" for group in rig.groups),
    }
    lost, notified = LOST.format(**said), NOTIFIED.format(**said)
    begun = time.monotonic()

    def settled() -> bool:
        return (
            rig.sql(PENDING) == [(0,)]
            and not any(rig.operator.do("depths", *rig.project.groups).values())
            and not rig.sql(f"{lost} LIMIT 1")
            and not rig.sql(notified)
        )

    wait_for(settled, seconds=seconds)
    verdict.figures["seconds until all was taken"] = f"{time.monotonic() - begun:.1f}"
    # What they hold, they give back; what is on the way twice, they had the time to take.
    rig.children.end(*rig.named("publisher", "consumer", "streamer", "web", "worker"))

    orders = {key for (key,) in rig.sql("SELECT id::text FROM orders_order")}
    verdict.figures["orders accepted"] = len(rig.load.answers.accepted)
    verdict.figures["requests made again"] = rig.load.answers.repeated
    verdict.figures["events told"] = rig.sql(f"SELECT count(*) FROM ({EXPECTED}) AS e")[0][0]
    for group in rig.groups:
        number = rig.sql(f"SELECT count(*) FROM ledger_effect WHERE \"group\" = '{group}'")[0][0]
        verdict.figures[f"effects at {group}"] = number
    told = rig.load.answers.accepted
    verdict.require("orders accepted and gone", [(each,) for each in told if each not in orders])
    verdict.require("orders placed twice", [(each,) for each in orders - set(told)])
    verdict.require("events lost", rig.sql(lost))
    verdict.require("events invented", rig.sql(INVENTED.format(**said)))
    verdict.require("events doubled", rig.sql(DOUBLED))
    verdict.require("notifications missing or doubled", rig.sql(notified))
    verdict.require("events told out of order", rig.sql(TOLD_IN_DISORDER))
    verdict.require("events taken out of order", rig.sql(DISORDERED))
    verdict.require("events pending", rig.sql("SELECT id, relay_error FROM published WHERE status = 1"))
    verdict.require("events set aside", rig.sql(SET_ASIDE))
    verdict.require("dead letters", rig.sql(DEAD))
    left = rig.operator.do("depths", *rig.project.groups)
    verdict.require("queues not empty", [item for item in left.items() if item[1]])
    wire = rig.operator.do("tapped")
    verdict.figures["messages put into queues"] = wire["sent"]
    bound = windows * IN_FLIGHT  # what is sent again counts once for each queue: less than there may be
    verdict.figures["doubles on the wire"] = wire["doubled"]
    verdict.figures["doubles on the wire, allowed"] = bound
    if wire["doubled"] > bound:
        verdict.wrong["doubles on the wire"] = [wire["doubled"]]
    verdict.figures["processes that ended by themselves"] = len(rig.children.unasked)
    return verdict
