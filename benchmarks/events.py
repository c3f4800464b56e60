"""How fast events are: out of the outbox, to their consumers, and onto an open page.

    .venv/bin/python benchmarks/events.py

Starts PostgreSQL and Valkey by ``stackyard run``, a RabbitMQ of its own (with STOMP, for the library), and
the measurements in ``probes``: in the template's environment, by production's settings. What is compared
takes turns in one run; each figure is the median of the rounds, each share the median of the rounds' shares.
Prints tables, writes ``events.json`` beside this file, and ends with 1 when a bar is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from serving import PYTHON, ROOT, TEMPLATE, own_database, parse, production, seed

from stackyard.services import ports, rabbitmq
from stackyard.services.supervisor import Supervisor

DRAIN_BARS = {"broker": 0.6, "series": 0.95, "library": 4.0}
"""What to reach, as a share of their events a second."""
CORES = os.process_cpu_count() or 1
ENOUGH_CORES = 4
"""For two relays, a broker and a database to be side by side."""

type Figures = dict[str, Any]
type Measure = Callable[..., Any]


class Missed(list[str]):
    """What bars were missed, in words."""

    def unless(self, reached: bool, text: str) -> None:
        """Note a bar, unless it was reached."""
        if not reached:
            self.append(text)


def main() -> int:
    """Run the benchmark, beginning with the services if they aren't there yet."""
    parts = {"drain": drain, "relays": relays, "latency": latency, "page": page, "consumer": consumer}
    parts["emit"] = emit
    parser = argparse.ArgumentParser(description="How fast events are, beside the library and the floors.")
    parser.add_argument("--rounds", type=int, default=5, help="of each")
    parser.add_argument(
        "--only", choices=parts, action="append", help="measure this part; the file is left as it is"
    )
    if rabbitmq.find() is None:
        print("There is no RabbitMQ here: `apt-get install rabbitmq-server` brings it.", file=sys.stderr)
        return 1
    os.environ["AMQP_URL"] = ""  # the broker is our own, below
    options = parse(parser)
    missed, console = Missed(), Console(width=110)
    results: Figures = {"setting": {"rounds": options.rounds, "cores": CORES}}
    with served() as measure:
        for name in options.only or parts:
            results[name], table = parts[name](measure, options.rounds, missed)
            console.print(table)
    if not options.only:
        text = json.dumps(results, indent=2) + "\n"
        Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


@contextmanager
def served() -> Iterator[Measure]:
    """Start what is measured.

    Yields:
        What runs one of the probes, and returns what it gave.
    """
    with own_database() as url, tempfile.TemporaryDirectory() as folder, broker(Path(folder)) as addresses:
        variables = production(url, folder, workers=1) | addresses
        variables |= {
            "DJANGO_SETTINGS_MODULE": "probes.settings",
            "PYTHONPATH": f"{TEMPLATE}{os.pathsep}{ROOT / 'benchmarks'}",
            "TAKEN": str(Path(folder, "taken")),
            "LIBRARY_POLL": "0",
        }
        seed(variables)

        def measure(probe: str, *arguments: int, **more: str) -> Any:
            words = [str(PYTHON), "-m", f"probes.{probe}", *map(str, arguments)]
            log = Path(folder, f"{probe}.log")
            with log.open("wb") as errors:
                done = subprocess.run(
                    words,
                    cwd=TEMPLATE,
                    env=variables | more,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    check=False,
                )
            if done.returncode:
                sys.exit(f"{' '.join(words)} failed:\n{log.read_text(encoding='utf-8')[-4000:]}")
            return json.loads(done.stdout)

        yield measure


@contextmanager
def broker(folder: Path) -> Iterator[dict[str, str]]:
    """Run a RabbitMQ that speaks STOMP, too.

    Yields:
        Where it is.
    """
    server, port = rabbitmq.find(), ports.reserve()
    assert server
    with Supervisor(lambda _name, _line: None) as supervisor:
        stomp = {"rabbitmq_stomp": f"stomp.listeners.tcp.1 = {ports.LOOPBACK}:{port}"}
        service = rabbitmq.start(server, folder, supervisor, stomp)
        if not supervisor.wait(service.is_ready, every=0.1, seconds=service.patience):
            raise service.failure
        yield {**service.environment, "STOMP_PORT": str(port)}


def drain(measure: Measure, rounds: int, missed: Missed) -> tuple[Figures, Table]:
    """Drain the outbox of 10,000 and of 50,000 events."""
    table = tabled(
        "Drain: events a second",
        "",
        "µs of a processor an event",
        "of the broker's floor",
        "of both in series",
    )
    results: Figures = {}
    for number, of_library in ((10_000, rounds), (50_000, 1)):
        found = measure("drain", number, rounds, of_library, LOG_LEVEL="WARNING")
        results[str(number)], shares = drained(found)
        for name, figures in results[str(number)].items():
            if name != "share_of":
                own = [f"{shares['broker']:.2f}", f"{shares['series']:.2f}"] if name == "ours" else ["", ""]
                processor = str(figures.get("cpu_us_per_event", ""))
                table.add_row(f"{number:,}: {name}", f"{figures['events_per_second']:,}", processor, *own)
        for name, least in DRAIN_BARS.items():
            text = f"drain of {number:,}: {shares[name]:.2f} of {name}; the bar is {least}"
            missed.unless(shares[name] >= least, text)
    return results, table


def drained(found: Mapping[str, Sequence[Mapping[str, float]]]) -> tuple[Figures, dict[str, float]]:
    """Compare the ways in which the outbox was drained.

    Returns:
        The figures of each way, and ours as shares of the others'.
    """
    rates = {name: [each["rate"] for each in turns] for name, turns in found.items()}
    pairs = zip(rates["broker"], rates["database"], strict=True)
    rates["series"] = [1 / (1 / broker + 1 / database) for broker, database in pairs]
    shares = {name: share(rates["ours"], rates[name]) for name in ("broker", "series")}
    shares["library"] = round(median(rates["ours"]) / median(rates["library"]), 2)
    figures: Figures = {"share_of": shares}
    for name, turns in rates.items():
        figures[name] = {"events_per_second": round(median(turns))}
        if name in found:
            figures[name]["cpu_us_per_event"] = round(median(each["cpu_us"] for each in found[name]), 1)
    return figures, shares


def relays(measure: Measure, rounds: int, missed: Missed) -> tuple[Figures, Table]:
    """Have one relay drain 10,000 events, and two side by side."""
    found = measure("relays", 10_000, rounds, LOG_LEVEL="WARNING")
    times = share(found["two"], found["one"])
    if CORES >= ENOUGH_CORES:
        missed.unless(times >= 1.5, f"two relays are {times:.2f} times as fast as one; the bar is 1.5")
    table = tabled(f"Relays, on {CORES} cores", "events a second")
    for name, rates in found.items():
        table.add_row(name, f"{median(rates):,.0f}")
    table.add_row("times", f"{times:.2f}")
    return {name: round(median(rates)) for name, rates in found.items()} | {"times": times}, table


def latency(measure: Measure, rounds: int, missed: Missed) -> tuple[Figures, Table]:
    """Carry 50 events a second from their commit to a consumer."""
    found = measure("latency", 10, min(rounds, 3))
    results = {name: medians(turns) for name, turns in found.items()}
    p95 = results["ours"]["p95_ms"]
    missed.unless(p95 <= 10, f"from commit to consumer: {p95} ms at p95; the bar is 10")
    table = tabled("From commit to consumer, at 50 events a second", "p50 ms", "p95 ms", "p99 ms")
    for name, figures in results.items():
        table.add_row(name, *map(str, figures.values()))
    return results, table


def page(measure: Measure, rounds: int, missed: Missed) -> tuple[Figures, Table]:
    """Place an order by HTTP, and have its notification come to the buyer's open page."""
    results = medians(measure("page", 50, min(rounds, 3)))
    p95 = results["p95_ms"]
    missed.unless(p95 <= 60, f"from the order to the page: {p95} ms at p95; the bar is 60")
    table = tabled("From the POST of an order to the buyer's page", "p50 ms", "p95 ms", "p99 ms")
    table.add_row("five orders a second", *map(str, results.values()))
    return results, table


def consumer(measure: Measure, rounds: int, _missed: Missed) -> tuple[Figures, Table]:
    """Have one process consume."""
    found = measure("consumer", 5_000, rounds)
    results = {
        "events_per_second": round(median(each["rate"] for each in found)),
        "cpu_us_per_event": round(median(each["cpu_us"] for each in found), 1),
    }
    table = tabled("One process of consumers, four threads", "events a second", "µs of a processor an event")
    table.add_row("an effect that only notes the time", *map(str, results.values()))
    return results, table


def emit(measure: Measure, rounds: int, _missed: Missed) -> tuple[Figures, Table]:
    """Insert rows, with and without an event each."""
    found = measure("writers", 2, rounds, LOG_LEVEL="WARNING")
    table = tabled("Transactions a second of writers", "insert", "and emit", "and a relay at work")
    results = {}
    for writers, rates in found.items():
        results[writers] = {name: round(median(turns)) for name, turns in rates.items()}
        table.add_row(f"{writers} at once", *(f"{rate:,}" for rate in results[writers].values()))
    return results, table


def tabled(title: str, *columns: str) -> Table:
    """Begin a table."""
    table = Table("", title=title)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def share(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the rounds' shares."""
    return round(median(one / other for one, other in zip(ours, theirs, strict=True)), 3)


def medians(turns: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the medians of rounds."""
    return {name: round(median(each[name] for each in turns), 2) for name in turns[0]}


if __name__ == "__main__":
    sys.exit(main())
