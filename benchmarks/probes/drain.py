"""How fast pending events leave: the library, the relay, and the floors of broker and database, in turn.

python -m probes.drain EVENTS ROUNDS ROUNDS-OF-THE-LIBRARY
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Event, Thread

import django
from stack.outbox.window import Row, Window, is_pending

type Drain = Callable[[], object]
"""Gets rid of all that is pending."""


class Nothing:
    """A broker that takes all at once: what is left is the database's part."""

    def send(self, wave: Sequence[Row], window: Window) -> None:
        """Take them."""
        window.sent.update(row.id for row in wave)

    def close(self) -> None:
        """Nothing to close."""


def library() -> Drain:
    """Prepare the library's command, as it comes."""
    from django_outbox_pattern.management.commands.publish import Command
    from probes.outbox import index_for_the_library

    class UntilDrained(Command):
        """Its own loop, which asks whether to go on."""

        @property
        def running(self) -> bool:  # type: ignore[override]
            """Whether there is something to do."""
            return is_pending("rabbitmq")

    index_for_the_library()
    return UntilDrained().handle


def ours() -> Drain:
    """Prepare what `manage.py publish` runs for a route: a relay, and its helper."""
    from probes.broker import pending
    from stack.events import hooks
    from stack.outbox.relay import Helper, Relay
    from stack.outbox.routes import routes

    route = routes()["rabbitmq"]
    helper = Helper(route)
    relay = Relay(route, helper)
    for each in (relay, helper):
        each._sink.send([], Window([]))  # pylint: disable=protected-access  # it connects
    threads = [Thread(target=each.run, name=type(each).__name__, daemon=True) for each in (helper, relay)]

    left, gone = len(pending()), Event()

    def count(what: str, times: int, _labels: Mapping[str, str]) -> None:
        nonlocal left
        left -= times * (what == "published")
        if left == 0:
            gone.set()

    def drain() -> None:
        hooks.counting.append(count)
        for thread in threads:
            thread.start()
        assert gone.wait(60)
        hooks.counting.remove(count)
        for each in (relay, helper):
            each.stop()
        for thread in threads:
            thread.join()

    return drain


def broker() -> Drain:
    """Prepare the least that has them confirmed: all is in memory, and there is no database."""
    from probes.broker import Floor, pending

    return partial(Floor().publish, pending())


def measure(prepare: Callable[[], Drain], number: int) -> dict[str, float]:
    """Fill the outbox, and empty it.

    Returns:
        Events a second, and microseconds of this process' time on the processor an event.
    """
    from probes.broker import purge
    from probes.outbox import fill

    fill(number)
    drain = prepare()
    processor, started = time.process_time(), time.perf_counter()
    drain()
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    assert prepare is broker or not is_pending("rabbitmq"), "something is pending still"
    purge(0 if prepare is database else number, may_lose=prepare is library)
    return {"rate": number / seconds, "cpu_us": processor / number * 1e6}


def relay(sink: Callable[[], Nothing] | None = None) -> Drain:
    """Prepare one relay that nobody helps, and connect it."""
    from stack.outbox.relay import Relay
    from stack.outbox.routes import Route, routes

    real = routes()["rabbitmq"]
    alone = Relay(Route(real.name, real.destination, sink) if sink else real)
    alone._sink.send([], Window([]))  # pylint: disable=protected-access

    def drain() -> None:
        while alone.publish():
            pass

    return drain


def database() -> Drain:
    """Prepare the database's part of one relay."""
    return relay(Nothing)


def main() -> None:
    """Run all rounds, and print what they gave; the first of each isn't counted, but the library's."""
    number, rounds, of_library = map(int, sys.argv[1:])
    django.setup()
    from probes.broker import purge

    purge()
    ways = {"library": library, "ours": ours, "broker": broker, "database": database}
    results: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        names = (
            list(ways)[turn % len(ways) :] + list(ways)[: turn % len(ways)]
        )  # nobody always comes after the same
        for name in names:
            if name != "library" or 0 < turn <= of_library:
                figures = measure(ways[name], number)
                results[name] += [figures] if turn else []
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
