"""Other origins' scripts may use the API if they are listed, and nothing else."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

LISTED = "https://app.example.com"
STRANGER = "https://app.example.com.attacker.example"
PRE_FLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type",
}


@pytest.fixture(autouse=True)
def allow_list(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [LISTED]


@pytest.mark.asvs("3.4.2")
@pytest.mark.proves("django-cors-headers")
@pytest.mark.parametrize(("origin", "expected"), [(LISTED, LISTED), (STRANGER, None), ("null", None)])
def test_only_listed_origins_may_read_the_answer(client: Client, origin: str, expected: str | None) -> None:
    response = client.get("/api/schema/", headers={"Origin": origin})
    assert response.status_code == 200
    assert response.get("Access-Control-Allow-Origin") == expected
    assert "origin" in response["Vary"]


@pytest.mark.proves("django-cors-headers")
def test_errors_can_be_read_too(client: Client) -> None:
    response = client.get("/api/v1/nothing-here/", headers={"Origin": LISTED})
    assert response.status_code == 404
    assert response["Access-Control-Allow-Origin"] == LISTED
    assert "retry-after" in response["Access-Control-Expose-Headers"]


@pytest.mark.asvs("3.4.2")
@pytest.mark.proves("django-cors-headers")
def test_pre_flight(client: Client) -> None:
    allowed = client.options("/api/v1/users/", headers={"Origin": LISTED} | PRE_FLIGHT)
    assert allowed.status_code == 200
    assert allowed["Access-Control-Allow-Origin"] == LISTED
    assert {"authorization", "content-type"} <= set(allowed["Access-Control-Allow-Headers"].split(", "))
    refused = client.options("/api/v1/users/", headers={"Origin": STRANGER} | PRE_FLIGHT)
    assert "Access-Control-Allow-Origin" not in refused


def test_no_cookies_cross_origins(client: Client) -> None:
    response = client.get("/api/schema/", headers={"Origin": LISTED})
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
def test_pages_are_not_for_other_origins(client: Client, path: str) -> None:
    response = client.get(path, headers={"Origin": LISTED})
    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response
