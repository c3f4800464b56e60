"""What is done to a rig, and when: a seed says which order is being placed meanwhile."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from tests.chaos.rig import Rig
from tests.chaos.servers import backends
from tests.conftest import wait_for

TYPES = ("order.placed.v1", "order.paid.v1", "order.cancelled.v1", "ledger.counted.v1")
FIRST, LAST = 0.03, 0.97
"""Between which of the orders faults happen, as parts of them all."""


@dataclass(frozen=True)
class Fault:
    """Something that is done.

    Attributes:
        name: What it is.
        do: Does it; with a chooser of its own.
        on: The server that it is done to: before another is, this one has to be over.
        windows: How many times what was in flight can have been sent twice.
    """

    name: str
    do: Callable[[Rig, random.Random], None]
    on: str = ""
    windows: int = 0


def _one(*kinds: str) -> Callable[[Rig, random.Random], str]:
    return lambda rig, choice: choice.choice(rig.named(*kinds))


def kill(kind: str, windows: int = 0) -> Fault:
    """`kill -9` one of the project's processes, and what it has started."""
    one = _one(kind)
    return Fault(
        f"kill -9 {kind}",
        lambda rig, choice: rig.children.signal(one(rig, choice), signal.SIGKILL, group=True),
        windows=windows,
    )


def end(kind: str) -> Fault:
    """SIGTERM one of the project's processes."""
    one = _one(kind)
    return Fault(f"SIGTERM {kind}", lambda rig, choice: rig.children.signal(one(rig, choice), signal.SIGTERM))


def freeze(kind: str, seconds: float, windows: int = 0) -> Fault:
    """Stop one of the project's processes for a while; then it goes on, as if nothing had been."""
    one = _one(kind)

    def do(rig: Rig, choice: random.Random) -> None:
        name = one(rig, choice)
        rig.children.signal(name, signal.SIGSTOP)
        time.sleep(seconds)
        rig.children.signal(name, signal.SIGCONT)

    return Fault(f"freeze {kind} {seconds:g} s", do, windows=windows)


def kill_server(name: str, windows: int = 0, signum: signal.Signals = signal.SIGKILL) -> Fault:
    """End a server, and wait until it is back."""

    def do(rig: Rig, _: random.Random) -> None:
        before = rig.children.by_name[name].popen.pid
        rig.children.signal(name, signum, group=signum == signal.SIGKILL)
        assert wait_for(lambda: rig.children.by_name[name].popen.pid != before, seconds=60)
        rig.servers.await_ready(name)

    how = "kill -9" if signum == signal.SIGKILL else "restart"
    return Fault(f"{how} {name}", do, name, windows)


def freeze_server(name: str, seconds: float, windows: int = 0) -> Fault:
    """Stop a server for a while."""

    def do(rig: Rig, _: random.Random) -> None:
        rig.children.signal(name, signal.SIGSTOP)
        time.sleep(seconds)
        rig.children.signal(name, signal.SIGCONT)
        rig.servers.await_ready(name)

    return Fault(f"freeze {name} {seconds:g} s", do, name, windows)


def kill_backend() -> Fault:
    """`kill -9` one of PostgreSQL's own processes: it throws out all clients, and recovers."""

    def do(rig: Rig, choice: random.Random) -> None:
        rig.servers.await_ready("postgresql")
        postmaster = rig.children.by_name["postgresql"].popen.pid
        if found := backends(postmaster):
            rig.children.strike(choice.choice(found))
        rig.servers.await_ready("postgresql")

    return Fault("kill -9 postgresql's backend", do, "postgresql", 2)


def cut(kind: str, seconds: float, windows: int = 0) -> Fault:
    """Cut the cable to RabbitMQ of all publishers or consumers."""

    def do(rig: Rig, _: random.Random) -> None:
        rig.cables[kind].cut()
        time.sleep(seconds)
        rig.cables[kind].mend()

    return Fault(f"cut off {kind}s {seconds:g} s", do, f"cable of {kind}s", windows)


def unbind(key: str = "") -> Fault:
    """Take away all bindings of a type of event, of any if none is named, while no publisher can see it."""

    def do(rig: Rig, choice: random.Random) -> None:
        publishers = rig.named("publisher")
        for name in publishers:
            rig.children.signal(name, signal.SIGSTOP)
        rig.operator.do("unbind", key or choice.choice(TYPES), *rig.project.groups)
        for name in publishers:
            rig.children.signal(name, signal.SIGCONT)

    return Fault(f"drop a binding {key}".rstrip(), do, "rabbitmq")


def pile_up(key: str, number: int) -> Fault:
    """Hold the publishers back until so many events wait, then let them go, with no queue for a type."""

    def do(rig: Rig, _: random.Random) -> None:
        publishers = rig.named("publisher")
        for name in publishers:
            rig.children.hold(name)
        waiting = "SELECT 1 FROM published WHERE status = 1 HAVING count(*) >= %d"
        assert wait_for(lambda: rig.sql(waiting % number), seconds=60), "too few orders"
        rig.operator.do("unbind", key, *rig.project.groups)
        for name in publishers:
            rig.children.resume(name)

    return Fault(f"pile up, without a queue for {key}", do, "rabbitmq")


def fill(limit: int) -> Fault:
    """Hold the consumers back, until a queue is full and events wait in the outbox."""

    def do(rig: Rig, _: random.Random) -> None:
        consumers = rig.named("consumer")
        for name in consumers:
            rig.children.hold(name)
        rig.load.count("filler", limit + 50)
        full = "SELECT 1 FROM published WHERE status = 1 AND relay_error LIKE '%no room%' LIMIT 1"
        assert wait_for(lambda: rig.sql(full), seconds=60), "no queue was full"
        for name in consumers:
            rig.children.resume(name)

    return Fault("fill a queue", do, "rabbitmq", 2)


def schedule(seed: str, orders: int, faults: Mapping[Fault, int]) -> list[tuple[int, Fault]]:
    """Say at which order each fault happens."""
    choice = random.Random(seed)
    all_of_them = [fault for fault, times in faults.items() for _ in range(times)]
    choice.shuffle(all_of_them)
    moments = sorted(choice.sample(range(int(orders * FIRST), int(orders * LAST)), len(all_of_them)))
    return list(zip(moments, all_of_them, strict=True))


def wreak(rig: Rig, seed: str, planned: list[tuple[int, Fault]], orders: int) -> Iterator[str]:
    """Do all that is planned, while the buyers buy; tell of each."""
    locks = {fault.on: Lock() for _, fault in planned if fault.on}
    begun = time.monotonic()
    with ThreadPoolExecutor(16, thread_name_prefix="fault") as pool:
        running: list[Future[None]] = []
        for place, (moment, fault) in enumerate(planned):
            # While it is done, they go on; where the next fault would be, they wait until this one may be.
            rig.load.allow(planned[place + 1][0] if place + 1 < len(planned) else orders)
            rig.load.reach(moment)
            if lock := locks.get(fault.on):  # what was done to this server before has to be over
                lock.acquire()  # pylint: disable=consider-using-with  # another thread releases it

            def do(fault: Fault = fault, place: int = place, lock: Lock | None = lock) -> None:
                try:
                    fault.do(rig, random.Random(f"{seed} {place}"))
                finally:
                    if lock:
                        lock.release()

            running.append(pool.submit(do))
            yield f"{time.monotonic() - begun:6.1f} s  order {moment:5}  {fault.name}"
        rig.load.reach(orders)
        for each in running:
            each.result()
