"""How long after a POST of an order its notification is on the buyer's open page.

python -m probes.page ORDERS ROUNDS
"""

import http.client
import json
import os
import socket
import sys
import threading
import time
from contextlib import ExitStack
from itertools import cycle
from typing import Any
from uuid import uuid4

import websocket
from probes.latency import percentiles
from probes.running import running, wait_until

A_SECOND = 5
"""Orders."""
CUSTOMER = {"email": "customer@example.com", "password": "demo-customer-password"}
GUNICORN = ("-m", "gunicorn", "-c", "stack/gunicorn/conf.py")
UVICORN = ("-k", "uvicorn_worker.UvicornWorker", "config.asgi:application")
HEADERS = {"Host": os.environ["ALLOWED_HOSTS"], "X-Forwarded-Proto": "https"}


def free_port() -> str:
    """Find one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def listens(port: str) -> bool:
    """Say whether a server is there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


class Buyer:
    """Somebody with an open page, who orders.

    Attributes:
        told: When the page was told of each order, in nanoseconds.
    """

    def __init__(self, web: str, asgi: str) -> None:
        """Log in, and open the page's socket."""
        self._connection = http.client.HTTPConnection("127.0.0.1", int(web), timeout=30)
        self._token = self._post("/api/v1/auth/token/", CUSTOMER)["access"]
        self._connection.request("GET", "/api/v1/products/", headers=HEADERS)
        listed = json.loads(self._connection.getresponse().read())
        self._products = cycle([product["slug"] for product in listed["results"]])
        self.told: dict[str, int] = {}
        self._page = websocket.create_connection(
            f"ws://127.0.0.1:{asgi}/ws/notifications/?after=0",
            host=HEADERS["Host"],
            header=[f"Authorization: Bearer {self._token}", "X-Forwarded-Proto: https"],
            subprotocols=["feed"],
            suppress_origin=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def order(self) -> tuple[str, int]:
        """Place an order.

        Returns:
            Its identifier, and when it was asked for, in nanoseconds.
        """
        body = {"lines": [{"product": next(self._products), "quantity": 1}]}
        begin = time.monotonic_ns()
        return self._post("/api/v1/orders/", body)["id"], begin

    def _post(self, path: str, body: object) -> dict[str, Any]:
        headers = HEADERS | {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        if path != "/api/v1/auth/token/":
            headers["Authorization"] = f"Bearer {self._token}"
        self._connection.request("POST", path, json.dumps(body), headers)
        response = self._connection.getresponse()
        answer = response.read()
        assert response.status < 300, answer
        return json.loads(answer)  # type: ignore[no-any-return]

    def _read(self) -> None:
        while message := self._page.recv():
            now = time.monotonic_ns()
            for item in json.loads(message)["items"]:
                self.told[item["data"]["order"]] = now


def measure(buyer: Buyer, orders: int) -> dict[str, float]:
    """Place orders at a steady rate."""
    begun: dict[str, int] = {}
    start = time.monotonic()
    for turn in range(orders):
        time.sleep(max(start + turn / A_SECOND - time.monotonic(), 0))
        order, begin = buyer.order()
        begun[order] = begin
    wait_until(lambda: begun.keys() <= buyer.told.keys(), "the last notification")
    return percentiles([(buyer.told[order] - begin) / 1e6 for order, begin in begun.items()])


def main() -> None:
    """Run everything that is between the two, and all rounds, and print what they gave."""
    orders, rounds = map(int, sys.argv[1:])
    web, asgi = free_port(), free_port()
    # The project as it is, without the measurements' own event.
    project = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.getcwd(), "WEB_CONCURRENCY": "1"}
    with ExitStack() as stack:
        for words, port in (
            ((*GUNICORN, "config.wsgi:application"), web),
            ((*GUNICORN, *UVICORN), asgi),
            (("manage.py", "publish"), ""),
            (("manage.py", "consume"), ""),
        ):
            stack.enter_context(running(*words, **project, PORT=port or "0"))
        for port in (web, asgi):
            wait_until(lambda port=port: listens(port), "a server")  # type: ignore[misc]
        buyer = Buyer(web, asgi)
        measure(buyer, A_SECOND)  # isn't counted: all connects first
        json.dump([measure(buyer, orders) for _ in range(rounds)], sys.stdout)


if __name__ == "__main__":
    main()
