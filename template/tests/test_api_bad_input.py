"""Whatever is sent to whatever address, the answer to bad input is a 4xx problem document, never a 500.

Every operation with a body is found in the schema: a new one is covered by itself.
"""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from stack.openapi.views import api_schema
from tests.api import Operation, make_world, operations

WRITES = [operation for operation in operations() if operation.method in ("post", "put", "patch")]
WITH_BODY = [operation for operation in operations() if operation.body is not None]
TOO_LARGE = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1

MALFORMED = {
    "blank": b" ",
    "not-json": b"{",
    "truncated": b'{"name": "x',
    "trailing": b"{} {}",
    "single-quotes": b"{'name': 'x'}",
    "nan": b'{"price": NaN}',
    "infinity": b'{"price": -Infinity}',
    "infinite-float": b'{"price": 1e999}',
    "huge-integer": b'{"stock": ' + b"9" * 5000 + b"}",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep-objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "not-utf-8": b'{"name": "\xff\xfe"}',
    "utf-16": '{"name": "x"}'.encode("utf-16"),
    "raw-nul": b'{"name": "a\x00b"}',
    "escaped-nul": rb'{"name": "a\u0000b"}',
    "escaped-nul-after-backslash": rb'{"name": "a\\\u0000b"}',
    "nul-in-a-name": rb'{"a\u0000b": 1}',
    "lone-surrogate": rb'{"name": "\ud800"}',
    "byte-order-mark": b"\xef\xbb\xbf{}",
}
NOT_OBJECTS = {
    "null": None,
    "number": 5,
    "string": "x",
    "list": [],
    "list-of-objects": [{}],
    "nested-lists": json.loads("[" * 900 + "]" * 900),
}
VALUES = {
    "null": None,
    "true": True,
    "zero": 0,
    "negative": -1,
    "fraction": 0.5,
    "larger-than-64-bits": 10**30,
    "huge-float": 1e300,
    "empty": "",
    "blank": " \t\n",
    "long": "x" * 50_000,
    "nul": "a\0b",
    "controls": "\x01\x1b[31m\x7f",
    "right-to-left": "\u202e\U0001f600",
    "path": "../../etc/passwd",
    "sql": "'; DROP TABLE accounts_user; --",
    "list": [],
    "nested-lists": json.loads("[" * 30 + "]" * 30),
    "deeper-nested-lists": json.loads("[" * 900 + "]" * 900),
    "objects": [{}, {"a": 1}],
    "object": {"a": {"b": []}},
    "many": [0] * 20_000,
}
CONTENT_TYPES = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/octet-stream",
    "nonsense",
]

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["anonymous", "admin"])
def caller(request: pytest.FixtureRequest) -> tuple[Client, bool]:
    """Return a client, and whether it is known who it is."""
    client = Client(raise_request_exception=False, headers=make_world(request.param))
    return client, request.param != "anonymous"


def send(client: Client, operation: Operation, body: bytes, content_type: str = "application/json") -> Any:
    return client.generic(
        operation.method.upper(), operation.url, body, content_type, headers=operation.headers
    )


def assert_problem(response: Any, *statuses: int) -> dict[str, Any]:
    """Check that the response is a problem document with one of the statuses, and return it."""
    assert response.status_code in statuses, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = json.loads(response.content)
    assert problem["status"] == response.status_code
    assert set(api_schema()["components"]["schemas"]["Problem"]["required"]) <= problem.keys()
    assert len(response.content) < 100_000  # it doesn't send back what it was sent
    return problem


def refusals(operation: Operation, known: bool, *statuses: int) -> tuple[int, ...]:
    """Return the statuses that a refusal may have; a stranger may be turned away before the body is read."""
    return statuses if known or {} in operation.definition.get("security", [{}]) else (401,)


def test_there_is_something_to_test() -> None:
    assert len(WITH_BODY) >= 4


@pytest.mark.asvs("2.2.2")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_malformed_json(operation: Operation, caller: tuple[Client, bool]) -> None:
    client, known = caller
    for body in MALFORMED.values():
        problem = assert_problem(send(client, operation, body), *refusals(operation, known, 400))
        assert problem["status"] == 401 or problem["code"] == "parse_error"


@pytest.mark.asvs("15.3.5")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_not_an_object(operation: Operation, caller: tuple[Client, bool]) -> None:
    client, known = caller
    for value in NOT_OBJECTS.values():
        assert_problem(send(client, operation, json.dumps(value).encode()), *refusals(operation, known, 400))


@pytest.mark.asvs("2.2.1", "2.2.2", "8.2.3", "15.3.3")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_unknown_fields_are_refused_by_name(operation: Operation, caller: tuple[Client, bool]) -> None:
    client, known = caller
    problem = assert_problem(send(client, operation, b'{"surplus/~x": 1}'), *refusals(operation, known, 400))
    if problem["status"] == 400:
        errors = {(error["field"], error["code"]) for error in problem["errors"]}
        assert ("/surplus~1~0x", "unknown") in errors


@pytest.mark.asvs("1.2.4", "1.4.2", "2.2.1", "15.3.5")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_values_of_any_kind(operation: Operation, caller: tuple[Client, bool]) -> None:
    """Sends each value as each field alone, and as all of them at once."""
    client, known = caller
    assert operation.body is not None
    names = list(operation.body["properties"])
    for value in VALUES.values():
        for body in [{name: value for name in names}, *({name: value} for name in names)]:
            response = send(client, operation, json.dumps(body).encode())
            if response.status_code >= 400:
                assert_problem(response, *refusals(operation, known, 400, 401, 409, 422))


@pytest.mark.asvs("3.5.2")
@pytest.mark.parametrize("operation", list(dict.fromkeys([*WRITES, *WITH_BODY])), ids=str)
@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_other_content_types(operation: Operation, content_type: str, caller: tuple[Client, bool]) -> None:
    client, known = caller
    response = send(client, operation, b"x", content_type)
    if operation.body is not None:
        assert_problem(response, *refusals(operation, known, 415))
    elif response.status_code >= 400:
        assert_problem(response, *refusals(operation, known, 400, 409, 415))


@pytest.mark.asvs("5.2.1", "15.2.2")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_a_body_too_large_is_not_even_read(operation: Operation, caller: tuple[Client, bool]) -> None:
    client, known = caller
    response = client.generic(
        operation.method.upper(),
        operation.url,
        b"{",  # which would be a 400
        "application/json",
        headers=operation.headers,
        CONTENT_LENGTH=str(TOO_LARGE),
    )
    assert_problem(response, *refusals(operation, known, 413))
