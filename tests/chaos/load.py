"""Buyers, over HTTP: each places orders, asks again until it is answered, then pays, cancels, or neither."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Condition

CLIENTS = 6
PATIENCE = 120
"""Seconds until a request has to be answered, however often it was asked."""
COUNTERS = 3
"""Keys that are counted on beside the orders: theirs are long rows of events."""


@dataclass
class Answers:
    """What the buyers were told.

    Attributes:
        accepted: The identifiers of orders that were accepted.
        seconds: How long each request took that was answered at once.
        repeated: How many requests were not answered, and made again.
    """

    accepted: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    repeated: int = 0


class Load:  # pylint: disable=too-many-instance-attributes  # a queue's
    """The buyers' work: so many orders, in portions.

    Attributes:
        answers: What they were told.
        port: Where they ask.
        tokens: Theirs.
    """

    def __init__(self, port: int, tokens: Sequence[str], seed: str, orders: int) -> None:
        """Begin with nothing."""
        self.port, self.tokens, self._seed, self._orders = port, tokens, seed, orders
        self._change = Condition()
        self._begun = self._done = self._limit = 0
        self.answers = Answers()
        self._pool = ThreadPoolExecutor(CLIENTS, thread_name_prefix="buyer")
        self._buyers: list[Future[None]] = [self._pool.submit(self._buy) for _ in range(CLIENTS)]

    def allow(self, number: int) -> None:
        """Let the buyers go on until so many orders are placed."""
        with self._change:
            self._limit = number
            self._change.notify_all()

    def reach(self, number: int) -> None:
        """Wait until so many orders are placed."""
        deadline = time.monotonic() + PATIENCE
        with self._change:
            while self._done < number:
                self._change.wait(1)
                assert time.monotonic() < deadline, f"{self._done} of {number} orders after {PATIENCE} s"
                for buyer in self._buyers:
                    if buyer.done():
                        buyer.result()

    def count(self, key: str, times: int) -> None:
        """Count a key on, beside the buyers."""
        with contextlib.closing(Client(self.port, self.answers)) as client:
            client.ask(f"/ledger/count/{key}/{times}/", {}, (200,))

    def close(self) -> None:
        """Wait until all is done."""
        self.allow(self._orders)
        for buyer in self._buyers:
            buyer.result()
        self._pool.shutdown()

    def abandon(self) -> None:
        """Let the buyers go home."""
        with self._change:
            self._orders = self._begun
            self._change.notify_all()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _next(self) -> int | None:
        with self._change:
            while self._limit <= self._begun < self._orders:
                self._change.wait()
            if self._begun >= self._orders:
                return None
            self._begun += 1
            return self._begun

    def _buy(self) -> None:
        with contextlib.closing(Client(self.port, self.answers)) as client:
            self._buy_all(client)

    def _buy_all(self, client: Client) -> None:
        while (number := self._next()) is not None:
            choice = random.Random(f"{self._seed} {number}")
            client.token = choice.choice(self.tokens)
            lines = [
                {"product": f"p{product}", "quantity": choice.randint(1, 3)}
                for product in choice.sample(range(8), choice.randint(1, 2))
            ]
            order = client.ask(
                "/api/v1/orders/",
                {"lines": lines},
                (200, 201),
                **{"Idempotency-Key": f"{self._seed}-{number}"},
            )["id"]
            self.answers.accepted.append(order)
            what = choice.choice(("pay", "pay", "pay", "cancel", ""))
            if what:
                client.ask(f"/api/v1/orders/{order}/{what}/", {}, (200, 409))
            if choice.random() < 0.3:
                key = f"counter-{choice.randrange(COUNTERS)}"
                client.ask(f"/ledger/count/{key}/{choice.randint(1, 3)}/", {}, (200,))
            with self._change:
                self._done += 1
                self._change.notify_all()


class Client:
    """One connection, made anew after each error.

    Attributes:
        token: Whose.
    """

    def __init__(self, port: int, answers: Answers) -> None:
        """Connect later."""
        self.token = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._answers = answers

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def ask(self, path: str, body: object, wanted: Sequence[int], **headers: str) -> dict[str, str]:
        """Post until the answer is one of those that are wanted."""
        deadline = time.monotonic() + PATIENCE
        headers |= {
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Content-Type": "application/json",
            "Authorization": f"Token {self.token}",
        }
        while True:
            begun = time.monotonic()
            try:
                self._connection.request("POST", path, json.dumps(body), headers)
                answer = self._connection.getresponse()
                text = answer.read()
                seen = f"{answer.status} {text[:300]!r}"
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                seen = repr(error)
            else:
                if answer.status in wanted:
                    self._answers.seconds.append(time.monotonic() - begun)
                    told: dict[str, str] = json.loads(text) if text[:1] == b"{" else {}
                    return told
                assert answer.status >= 500, f"{path}: {seen}"
            self._answers.repeated += 1
            assert time.monotonic() < deadline, f"{path}: {seen} after {PATIENCE} s"
            time.sleep(0.1)
