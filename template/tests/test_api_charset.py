"""Requests in other charsets are refused at both entry points, before Django can stumble over them."""

import asyncio
import json
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from werkzeug.test import Client

from config.asgi import application as asgi
from config.wsgi import application as wsgi
from tests.api import connections_kept

JSON = "application/json"
REFUSED = [
    f"{JSON}; charset=base64",
    f"{JSON}; charset=utf-16",
    f"{JSON}; charset=undefined",
    f"{JSON}; charset=no-such",
    f"{JSON}; charset=",
    f'{JSON}; charset="a\x00b"',
    f"{JSON};charset*=no-such''x",
    "text/html; CHARSET=idna",
]
TAKEN = ["", JSON, f"{JSON}; charset=utf-8", f'{JSON}; charset="UTF8"', f"{JSON}; indent=4", ";"]


def ask_wsgi(content_type: str) -> tuple[int, dict[str, str], bytes]:
    with connections_kept():
        response = Client(wsgi).get("/api/schema/?q=%e4", content_type=content_type)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return response.status_code, headers, response.data


def ask_asgi(content_type: str) -> tuple[int, dict[str, str], bytes]:
    async def ask() -> tuple[int, dict[str, str], bytes]:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": "/api/schema/",
            "raw_path": b"/api/schema/",
            "query_string": b"q=%e4",
            "root_path": "",
            "headers": [(b"host", b"testserver"), (b"content-type", content_type.encode())],
        }
        communicator = ApplicationCommunicator(asgi, scope)
        await communicator.send_input({"type": "http.request", "body": b"", "more_body": False})
        start = await communicator.receive_output(10)
        body = await communicator.receive_output(10)
        headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return start["status"], headers, body["body"]

    return asyncio.run(ask())


@pytest.mark.parametrize("ask", [ask_wsgi, ask_asgi])
@pytest.mark.parametrize("content_type", REFUSED)
def test_other_charsets_are_refused(ask: Any, content_type: str) -> None:
    status, headers, body = ask(content_type)
    assert (status, headers["content-type"]) == (415, "application/problem+json")
    problem = json.loads(body)
    assert (problem["code"], problem["instance"]) == ("unsupported_charset", "/api/schema/")


@pytest.mark.asvs("3.4.3", "3.4.4")
@pytest.mark.parametrize("ask", [ask_wsgi, ask_asgi])
def test_a_refusal_has_the_headers_of_every_answer(ask: Any) -> None:
    refused, answered = (ask(content_type)[1].keys() for content_type in (REFUSED[0], JSON))
    assert answered - refused <= {"allow", "content-disposition", "vary"}
    assert {"x-request-id", "x-content-type-options", "content-security-policy"} <= refused


@pytest.mark.parametrize("ask", [ask_wsgi, ask_asgi])
@pytest.mark.parametrize("content_type", TAKEN)
def test_the_usual_ones_pass(ask: Any, content_type: str) -> None:
    assert ask(content_type)[0] == 200
