"""Requests to nginx by TLS."""

from __future__ import annotations

import http.client
import ssl
from contextlib import closing

from stackyard.services import ports
from tests.docker.stack import Stack


def request(
    stack: Stack,
    path: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    **headers: str,
) -> tuple[int, dict[str, str], bytes]:
    """Ask nginx by TLS, on a connection of its own; whatever certificate it has.

    Returns:
        The status, the headers with lower-case names, and the body.
    """
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection(
        ports.LOOPBACK, int(stack.variables["HTTPS_PORT"]), timeout=60, context=context
    )
    with closing(connection):
        sent = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers=sent)
        answer = connection.getresponse()
        names = {name.lower() for name, _ in answer.getheaders()}
        return answer.status, {name: answer.getheader(name, "") for name in names}, answer.read()
