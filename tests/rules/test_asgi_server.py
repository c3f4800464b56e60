"""asgi-server."""

import pytest

from tests.rules.repo import Break, flags, passes

_OLD = "-k, uvicorn_worker.UvicornWorker, "
BREAK = Break(
    "Procfile",
    "asgi: PORT=${ASGI_PORT:-8001} gunicorn -c stack/gunicorn/conf.py -k uvicorn_worker.UvicornWorker "
    "config.asgi:application  # stack: realtime\n",
    more=(
        Break("docker-compose.yml", "-k uvicorn_worker.UvicornWorker config.asgi", "config.wsgi"),
        Break("docker-compose.prod.yml", f'{_OLD}"config.asgi:application"', '"config.wsgi:application"'),
        Break("deploy/swarm/stack.yml", f'{_OLD}"config.asgi:application"', '"config.wsgi:application"'),
        Break("deploy/kubernetes/websockets/asgi.yaml", new=None),
        Break("deploy/kubernetes/websockets/network.yaml", new=None),
        Break("deploy/kubernetes/websockets/kustomization.yaml", new=None),
        Break("deploy/roll", "[web|asgi]", "[web]"),
    ),
)

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\nchannels = "^4"\n',
    "shop/asgi.py": 'application = ProtocolTypeRouter({"websocket": sockets})\n',
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Procfile", "web: gunicorn shop.wsgi\nws: daphne shop.asgi:application\n"),
        ("Procfile", "web: gunicorn -k uvicorn.workers.UvicornWorker shop.asgi\n"),
        ("compose.yml", "services:\n  web:\n    build: .\n    command: uvicorn shop.asgi:application\n"),
        ("Dockerfile", 'FROM python:3.13\nCMD ["hypercorn", "shop.asgi"]\n'),
        ("gunicorn.conf.py", 'worker_class = "uvicorn_worker.UvicornWorker"\n'),
        ("shop/asgi.py", "application = get_asgi_application()\n"),
    ],
)
def test_there_is_one_or_none_is_wanted(path: str, text: str) -> None:
    passes("asgi-server", {**FILES, "start.sh": "exec gunicorn shop.wsgi\n", path: text})


def test_servers_that_are_elsewhere() -> None:
    passes("asgi-server", FILES)


@pytest.mark.parametrize(
    "text", ["web: gunicorn shop.wsgi\n", "web: gunicorn shop.wsgi\n# ws: daphne shop.asgi\n"]
)
def test_there_is_none(text: str) -> None:
    flags("asgi-server", {**FILES, "Procfile": text}, "Procfile every server speaks WSGI alone")
