"""WebSockets have a server that speaks ASGI.

A WSGI server answers a WebSocket's handshake with an error: beside gunicorn's own workers there has to be
Uvicorn, Daphne, Hypercorn or Granian, or gunicorn with Uvicorn's worker.

Looked at are the commands of Compose, Dockerfiles, Procfiles, scripts and manifests, and gunicorn's
configuration. A project that sends WebSockets to consumers (`channels-wired`) is flagged if a WSGI server
runs and no ASGI server does. Where no server is to be found at all, they are elsewhere, and nothing is said.

Standard: Deployment & Infrastructure, Web Server: Uvicorn (ASGI server for async).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_SOCKETS = r"[\"']websocket[\"']"
_ASGI = r"(?i)uvicorn|\b(?:daphne|hypercorn)\b|(?:granian|unit|manage\.py)[^\n]*asgi|\basgi:|\.asgi\b"
_WORKER = r"uvicorn\.run\(|UvicornWorker|worker_class\s*=\s*+(?![\"'](?:sync|gthread|gevent|eventlet)[\"'])"
_WSGI = r"\b(?:gunicorn|uwsgi|waitress-serve|mod_wsgi-express)\b"


@rule("asgi-server", entry="uvicorn")
def check(project: Project) -> Iterator[Finding]:
    server = project.process(_WSGI)
    if server is None or not project.packages.deployed("channels") or not project.mentions(_SOCKETS):
        return
    if not project.process(_ASGI) and not project.mentions(_WORKER):
        yield Finding(
            server.where,
            "WebSockets have consumers, and every server speaks WSGI alone",
            "run an ASGI server beside it, such as `gunicorn -k uvicorn_worker.UvicornWorker …asgi`",
        )
