"""Where the time of a read goes: its own process, no server, cProfile's own time by layer."""

import cProfile
import json
import logging
import pstats
import sys
from collections import Counter
from io import BytesIO
from typing import Any

from config.wsgi import application

REQUESTS = 1000
LAYERS = {
    "psycopg2": "PostgreSQL: the round trips",
    "django/db/": "Django's ORM: making SQL, reading rows",
    "/rest_framework": "REST framework",
    "/stack/rest/": "REST framework: pages, filters, JSON",
    "orjson": "REST framework: pages, filters, JSON",
    "/apps/": "the shop: query set and representation",
    "/floor/": "the floor's view",
    "django/utils/": None,
    "django/dispatch/": None,
    "site-packages": "Django: handler, middleware, addresses",
    "/stack/": "Django: handler, middleware, addresses",
}
"""By a part of the path, the first that fits; None, as for Python's own library, counts for the callers."""
UNKNOWN = "whatever calls itself"

type Function = tuple[str, int, str]
type Statistics = dict[Function, tuple[int, int, float, float, dict[Function, tuple[int, int, float, float]]]]


def get(path: str) -> bytes:
    """Call the WSGI application as the server would."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "shop.example.com",
        "HTTP_X_FORWARDED_PROTO": "https",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    statuses: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        statuses.append(status)

    response: Any = application(environ, start_response)
    body = b"".join(response)
    response.close()
    assert statuses == ["200 OK"], statuses
    return body


def layer_of(function: Function) -> str | None:
    """Return the layer that a function belongs to by its place, if any."""
    place = f"{function[0]} {function[2]}"
    return next((layer for part, layer in LAYERS.items() if part in place), None)


def shares(function: Function, statistics: Statistics, above: frozenset[Function]) -> Counter[str]:
    """Return whom a function works for: parts of 1, by layer."""
    if layer := layer_of(function):
        return Counter({layer: 1.0})
    callers = {
        caller: numbers[3] for caller, numbers in statistics[function][4].items() if caller not in above
    }
    total, parts = sum(callers.values()), Counter[str]()
    for caller, seconds in callers.items():
        for layer, part in shares(caller, statistics, above | {function}).items():
            parts[layer] += part * seconds / total  # type: ignore[assignment]
    return parts or Counter({UNKNOWN: 1})


def breakdown(path: str) -> Counter[str]:
    """Return microseconds a request, by layer."""
    for _ in range(50):
        get(path)
    with cProfile.Profile() as profile:
        for _ in range(REQUESTS):
            get(path)
    statistics: Statistics = vars(pstats.Stats(profile))["stats"]
    times: Counter[str] = Counter()
    for function, (_, _, own, _, _) in statistics.items():
        if own * 1e6 >= REQUESTS / 10:  # a tenth of a microsecond a request
            for layer, part in shares(function, statistics, frozenset({function})).items():
                times[layer] += own * part  # type: ignore[assignment]
    return Counter({layer: round(seconds / REQUESTS * 1e6) for layer, seconds in times.items()})


def main() -> None:
    logging.disable(logging.INFO)
    slug = json.loads(get("/api/v1/products/"))["results"][0]["slug"]
    for name, path in (("list", "/products/"), ("detail", f"/products/{slug}/")):
        api, floor = breakdown(f"/api/v1{path}"), breakdown(f"/floor{path}")
        print(f"\nproduct {name}, microseconds a request under the profiler")
        for layer in sorted(api | floor, key=lambda layer: -api[layer]):
            print(f"  {layer:<42} {api[layer]:>6} {floor[layer]:>6}")
        print(f"  {'in all':<42} {api.total():>6} {floor.total():>6}")


if __name__ == "__main__":
    main()
