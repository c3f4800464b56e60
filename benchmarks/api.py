"""How fast the API answers, against the least that Django can do for the same bytes.

    .venv/bin/python benchmarks/api.py

Starts PostgreSQL and Valkey by ``stackyard run``, the template under gunicorn in production's settings, and
in the same processes the floor: bare views whose one SQL statement makes the same JSON (``floor/views.py``).
Rounds of both alternate; each figure is the median of the rounds. No response is cached on either side.
Prints a table, writes ``api.json`` beside this file, and ends with 1 when a bar is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from uuid import uuid4

from load import Measured, measure
from rich.console import Console
from rich.table import Table
from serving import HOST, PYTHON, ROOT, TEMPLATE, own_database, parse, production, seed, server

CUSTOMER = {"email": "customer@example.com", "password": "demo-customer-password"}
BARS = {"product list": 0.5, "product detail": 0.5}
"""What to reach, as a share of the floor's requests a second."""


@dataclass(frozen=True)
class Target:
    """Something to measure: how to ask the API and the floor for it, and what is right."""

    name: str
    api: Callable[[], bytes]
    floor: Callable[[], bytes]
    accept: Callable[[bytes], bool]
    slowness: int = 1
    """How many times fewer rounds it gets: one hash of a password takes as long as a round of reads."""


def main() -> int:
    """Run the benchmark, beginning with the services if they aren't there yet."""
    parser = argparse.ArgumentParser(description="How fast the API answers, against a floor.")
    parser.add_argument("--rounds", type=int, default=30, help="pairs of rounds, API and floor")
    parser.add_argument("--seconds", type=float, default=0.5, help="of each round")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--profile", action="store_true", help="show where a read's time goes, and end")
    options = parse(parser)
    with own_database() as database, tempfile.TemporaryDirectory() as folder:
        environment = production(database, folder, options.workers) | {
            "DJANGO_SETTINGS_MODULE": "floor.settings",
            "PYTHONPATH": f"{TEMPLATE}{os.pathsep}{ROOT / 'benchmarks'}",
        }
        seed(environment)
        if options.profile:
            return subprocess.call([PYTHON, "-m", "floor.breakdown"], cwd=TEMPLATE, env=environment)
        with server(environment, Path(folder, "gunicorn.log"), "config.wsgi:application") as address:
            rounds = {target.name: _measure(target, address, options) for target in _targets(address)}
    return _report(rounds, options)


def _request(method: str, path: str, body: object = None, headers: str = "") -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    kind = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n" if content else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n{kind}{headers}\r\n"
    return head.encode() + content


def _once(address: tuple[str, int], request: bytes) -> bytes:
    """Send one request, and return the body of its answer."""
    answers: list[bytes] = []

    def keep(response: bytes) -> bool:
        answers.append(response)
        return response.startswith(b"HTTP/1.1 2")

    measure(address, lambda: request, keep, seconds=0, connections=1)
    return answers[0].partition(b"\r\n\r\n")[2]


def _targets(address: tuple[str, int]) -> list[Target]:
    """Prepare the requests, and see to it that API and floor answer reads with the same bytes."""
    listed = _once(address, _request("GET", "/api/v1/products/"))
    slugs = [product["slug"] for product in json.loads(listed)["results"]]
    assert len(slugs) == 20
    token = json.loads(_once(address, _request("POST", "/api/v1/auth/token/", CUSTOMER)))["access"]
    turns = cycle(slugs)

    def read(name: str, path: str) -> Target:
        api, floor = _request("GET", f"/api/v1{path}"), _request("GET", f"/floor{path}")
        body = _once(address, api)
        assert _once(address, floor) == body, f"{name}: the floor's bytes are others"
        return Target(name, lambda: api, lambda: floor, lambda answer: answer.endswith(body))

    def order() -> object:
        return {"lines": [{"product": next(turns), "quantity": 1}]}

    def place() -> bytes:
        headers = f"Authorization: Bearer {token}\r\nIdempotency-Key: {uuid4()}\r\n"
        return _request("POST", "/api/v1/orders/", order(), headers)

    return [
        read("product list", "/products/"),
        read("product detail", f"/products/{slugs[0]}/"),
        Target(
            "order creation",
            place,
            lambda: _request("POST", "/floor/orders/", order()),
            lambda answer: answer.startswith(b"HTTP/1.1 201"),
        ),
        Target(
            "log-in",
            lambda: _request("POST", "/api/v1/auth/token/", CUSTOMER),
            lambda: _request("POST", "/floor/login/", CUSTOMER),
            lambda answer: answer.startswith(b"HTTP/1.1 200"),
            slowness=5,
        ),
    ]


type Rounds = list[tuple[Measured, Measured]]


def _measure(target: Target, address: tuple[str, int], options: argparse.Namespace) -> Rounds:
    """Measure API and floor in turn, after a round of each that isn't counted."""

    def one(request: Callable[[], bytes]) -> Measured:
        return measure(
            address, request, target.accept, seconds=options.seconds, connections=options.connections
        )

    rounds = [(one(target.api), one(target.floor)) for _ in range(options.rounds // target.slowness + 1)]
    return rounds[1:]


def _figures(measured: list[Measured]) -> dict[str, float]:
    return {
        "requests_per_second": round(median(each.rate for each in measured), 1),
        "p50_ms": round(median(each.percentile(0.50) for each in measured) * 1000, 2),
        "p99_ms": round(median(each.percentile(0.99) for each in measured) * 1000, 2),
        "generator_ms": round(median(each.generator / len(each.latencies) for each in measured) * 1000, 3),
    }


def _report(measured: dict[str, Rounds], options: argparse.Namespace) -> int:
    """Print and write the figures; 1 when a bar is missed."""
    table = Table(title="The API against its floor")
    for column in (
        "",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "floor: requests/s",
        "p50 ms",
        "p99 ms",
        "of the floor",
    ):
        table.add_column(column, justify="left" if not column else "right")
    results: dict[str, object] = {}
    missed = []
    for name, rounds in measured.items():
        api, floor = _figures([api for api, _ in rounds]), _figures([floor for _, floor in rounds])
        share = round(median(api.rate / floor.rate for api, floor in rounds), 3)
        results[name] = {"api": api, "floor": floor, "share": share}
        columns = [f"{figures[key]:.4g}" for figures in (api, floor) for key in list(figures)[:3]]
        table.add_row(name, *columns, f"{share:.2f}")
        if name in BARS and share < BARS[name]:
            missed.append(f"{name} reaches {share:.2f} of the floor; the bar is {BARS[name]}")
    Console(width=110).print(table)
    setting = {key: getattr(options, key) for key in ("rounds", "seconds", "connections", "workers")}
    Path(__file__).with_suffix(".json").write_text(
        json.dumps({"setting": setting} | results, indent=2) + "\n", encoding="utf-8"
    )
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
