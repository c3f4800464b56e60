"""Where the time of a read goes: its own process, no server, cProfile's own time by layer."""

import cProfile
import json
import logging
import pstats
import re
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
    "/orjson": "REST framework: pages, filters, JSON",
    "/apps/": "the shop: query set and representation",
    "/floor/": "the floor's view",
}
"""By a part of the path, the first that fits; whatever else there is, both sides have."""
OWNED = re.compile("site-packages|/template/")
REST = "Django: handler, middleware, addresses"


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


def layer_of(function: tuple[str, int, str]) -> str:
    place = f"{function[0]} {function[2]}"
    return next((layer for part, layer in LAYERS.items() if part in place), REST)


def breakdown(path: str) -> Counter[str]:
    """Return microseconds a request, by layer; Python's own library counts for whoever calls it."""
    for _ in range(50):
        get(path)
    with cProfile.Profile() as profile:
        for _ in range(REQUESTS):
            get(path)
    seconds: Counter[str] = Counter()
    statistics: dict[Any, Any] = vars(pstats.Stats(profile))["stats"]
    for function, (_, _, own, _, callers) in statistics.items():
        if layer_of(function) == REST and not OWNED.search(function[0]):
            for caller, (_, _, own_there, _) in callers.items():
                seconds[layer_of(caller)] += own_there
        else:
            seconds[layer_of(function)] += own
    return Counter({layer: round(each / REQUESTS * 1e6) for layer, each in seconds.items()})


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
