"""Every error is a problem document to clients of the API, and a page to people."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.urls import path
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import APIException, AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from config.urls import (  # noqa: F401  # pylint: disable=unused-import
    handler400,
    handler403,
    handler404,
    handler500,
)
from stack.errors import Conflict, DomainError, Rejected
from stack.rest.problems import MAX_ERRORS

pytestmark = pytest.mark.urls(__name__)


class TooOften(Conflict):
    """A conflict of a kind of its own."""

    code = "too_often"


FAULTS: dict[str, Exception] = {
    "conflict": Conflict("It was paid already.", code="paid"),
    "kind-of-conflict": TooOften("That was once too often."),
    "rejected": Rejected("It is not for sale."),
    "domain": DomainError("No."),
    "django": DjangoValidationError({"name": ["Too dull."]}),
    "unauthenticated": AuthenticationFailed(),
    "throttled": Throttled(wait=7.2),
    "denied": PermissionDenied(),
    "too-large": RequestDataTooBig(),
    "teapot": APIException("Short and stout.", code="teapot"),
    "unique": serializers.ValidationError({"slug": ["It is taken."]}, code="unique"),
    "many": serializers.ValidationError([f"fault {n}: {'x' * 1000}" for n in range(1000)]),
    "nested": serializers.ValidationError(
        {"lines": [{}, {"a/b~c": ["Wrong."]}], "non_field_errors": ["Together, no."]}
    ),
    "nameless": serializers.ValidationError([]),
    "ours": RuntimeError("a secret of ours"),
}


@api_view(["GET"])
@authentication_classes([])
@permission_classes([])
def api(request: Request, fault: str) -> Response:
    raise FAULTS[fault]


def page(request: HttpRequest, fault: str) -> HttpResponseBase:
    raise FAULTS[fault]


urlpatterns = [path("api/v1/<fault>/", api), path("pages/<fault>/", page), path("api/plain/<fault>/", page)]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Check the parts that every problem document has, and return it."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == "about:blank" and problem["title"] and problem["detail"]
    return problem


@pytest.mark.asvs("16.5.1", "16.5.3")
@pytest.mark.proves("drf")
@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("conflict", 409, "paid"),
        ("kind-of-conflict", 409, "too_often"),
        ("rejected", 422, "rejected"),
        ("domain", 422, "refused"),
        ("django", 400, "invalid"),
        ("unauthenticated", 403, "authentication_failed"),
        ("denied", 403, "permission_denied"),
        ("too-large", 413, "too_large"),
        ("teapot", 500, "teapot"),
        ("unique", 409, "invalid"),
        ("nested", 400, "invalid"),
        ("nameless", 400, "invalid"),
        ("ours", 500, "server_error"),
    ],
)
def test_what_a_view_of_the_api_raises(client: Client, fault: str, status: int, code: str) -> None:
    problem = assert_problem(client.get(f"/api/v1/{fault}/"), status, code)
    assert problem["instance"] == f"/api/v1/{fault}/"
    assert "secret" not in str(problem)


@pytest.mark.proves("drf")
def test_errors_point_into_the_body(client: Client) -> None:
    errors = client.get("/api/v1/nested/").json()["errors"]
    assert errors == [
        {"field": "/lines/1/a~1b~0c", "message": "Wrong.", "code": "invalid"},
        {"field": "", "message": "Together, no.", "code": "invalid"},
    ]


def test_errors_do_not_grow_with_the_input(client: Client) -> None:
    response = client.get("/api/v1/many/")
    assert len(response.json()["errors"]) == MAX_ERRORS
    assert len(response.content) < 100_000


def test_whoever_is_too_fast_learns_when_to_come_back(client: Client) -> None:
    response = client.get("/api/v1/throttled/")
    assert_problem(response, 429, "throttled")
    assert response["Retry-After"] == "8"


@pytest.mark.proves("drf")
def test_other_methods_are_named(client: Client) -> None:
    response = client.delete("/api/v1/conflict/")
    assert_problem(response, 405, "method_not_allowed")
    assert set(response["Allow"].split(", ")) == {"GET", "OPTIONS"}


@pytest.mark.proves("drf")
def test_an_answer_in_another_media_type_is_not_to_be_had(client: Client) -> None:
    response = client.get("/api/v1/conflict/", headers={"Accept": "application/xml"})
    assert_problem(response, 406, "not_acceptable")


@pytest.mark.asvs("16.5.1")
@pytest.mark.parametrize("accept", ["text/html", "*/*", "application/json"])
@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/nothing", 404, "not_found"),
        ("/api/plain/denied/", 403, "permission_denied"),
        ("/api/plain/too-large/", 413, "too_large"),
        ("/api/plain/ours/", 500, "server_error"),
    ],
)
def test_outside_of_the_framework_too(
    client: Client, address: str, status: int, code: str, accept: str
) -> None:
    assert_problem(client.get(address, headers={"Accept": accept}), status, code)


ODD = {
    "no-charset": "text/html;a*=no-such''b",
    "too-long": f"text/html;a={'b' * 10_000}",
    "no-type": ";;,=",
}


@pytest.mark.asvs("16.5.1")
@pytest.mark.parametrize("accept", ODD.values(), ids=ODD)
def test_an_accept_that_cannot_be_read_gets_what_it_would_without(client: Client, accept: str) -> None:
    page = client.get("/nothing/", headers={"Accept": accept})
    assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert_problem(client.get("/api/nothing/", headers={"Accept": accept}), 404, "not_found")
    assert_problem(client.get("/api/v1/conflict/", headers={"Accept": accept}), 406, "not_acceptable")


PAGES = [("/nothing/", 404), ("/pages/denied/", 403), ("/pages/too-large/", 400), ("/pages/ours/", 500)]


@pytest.mark.asvs("16.5.1")
@pytest.mark.parametrize(("address", "status"), PAGES)
def test_people_get_a_page(client: Client, address: str, status: int) -> None:
    response = client.get(address, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert "<h1>" in response.content.decode() and "secret" not in response.content.decode()


@pytest.mark.parametrize(("address", "status"), PAGES)
@pytest.mark.parametrize("accept", ["application/json", "application/problem+json"])
def test_programs_get_a_problem_everywhere(client: Client, address: str, status: int, accept: str) -> None:
    response = client.get(address, headers={"Accept": accept})
    assert response.status_code == (413 if "too-large" in address else status)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["attacker.example", "a b", "testserver@attacker.example", "x" * 300])
def test_forged_hosts(client: Client, host: str) -> None:
    assert_problem(client.get("/api/v1/conflict/", headers={"Host": host}), 400, "bad_request")
    response = client.get("/pages/ours/", headers={"Host": host})
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/html")
