"""AWS Secrets Manager, by boto3, against moto's server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3  # type: ignore[import-untyped]
import pytest
from moto.server import ThreadedMotoServer

from stack.environment.store import TRIES
from stack.environment.stores.aws import REASONS
from stack.environment.tests.faults import answering, dying, hanging
from stack.environment.tests.rotating import (
    PROCESSES,
    Kept,
    assert_that_it_ends,
    assert_that_workers_are_replaced,
)
from stack.environment.tests.starting import complaint, started

PASSWORD = "hunter2hunter2"
BEGINNING = "The secrets {!r} can't be read from AWS Secrets Manager: "


class Manager:
    """A server, and one secret in it."""

    def __init__(self) -> None:
        """Start the server."""
        self.name = f"test/{uuid4().hex}"
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        self.port = self.server.get_host_and_port()[1]
        self.client = boto3.client(
            "secretsmanager",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="eu-west-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )

    @property
    def variables(self) -> dict[str, str]:
        """How a process finds the secret."""
        return found_at(f"http://127.0.0.1:{self.port}", self.name)

    def put(self, **content: Any) -> None:
        """Make the secret, or change it."""
        try:
            self.client.put_secret_value(SecretId=self.name, **content)
        except self.client.exceptions.ResourceNotFoundException:
            self.client.create_secret(Name=self.name, **content)

    def put_document(self, document: dict[str, Any]) -> None:
        """Put a document into it."""
        self.put(SecretString=json.dumps(document))

    @contextmanager
    def away(self) -> Iterator[list[str]]:
        """Have something in the server's place that hangs up."""
        self.server.stop()
        try:
            with dying(self.port) as (_, calls):
                yield calls
        finally:
            self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
            self.server.start()

    def stop(self) -> None:
        """End the server."""
        self.client.close()
        self.server.stop()


def found_at(address: str, name: str = "shop") -> dict[str, str]:
    """Return the variables for a secret in this place."""
    return {
        "SECRETS_BACKEND": "aws",
        "SECRETS_NAME": name,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL_SECRETS_MANAGER": address,
    }


@pytest.fixture(name="manager")
def _manager() -> Iterator[Manager]:
    manager = Manager()
    yield manager
    manager.stop()


@pytest.mark.asvs("13.3.1")
@pytest.mark.proves("aws-secrets-manager")
def test_a_secret_is_laid_under_the_environment(manager: Manager) -> None:
    manager.put_document({"ALPHA": "theirs", "BETA": "theirs", "GAMMA": "$theirs"})
    variables = manager.variables | {"BETA": "mine", "GAMMA": ""}
    assert started(**variables).output == "theirs mine $theirs"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({}, REASONS["ResourceNotFoundException"]),
        ({"SecretString": PASSWORD}, "what is kept is no JSON object of names and values, but other text"),
        ({"SecretString": f'["{PASSWORD}"]'}, "what is kept is no JSON object of names and values, but list"),
        ({"SecretBinary": b"{}"}, "what is kept is no JSON object of names and values, but binary"),
        ({"SecretString": '{"ALPHA": 1}'}, "the value of ALPHA is no string, but int"),
    ],
)
def test_a_secret_that_is_none_stops_the_start_with_one_line(
    manager: Manager, content: dict[str, Any], reason: str
) -> None:
    if content:
        manager.put(**content)
    assert complaint(**manager.variables) == f"{BEGINNING.format(manager.name)}{reason}."


@pytest.mark.parametrize(
    ("status", "code", "reason", "calls"),
    [
        (400, "AccessDeniedException", REASONS["AccessDeniedException"], 1),
        (400, "DecryptionFailure", REASONS["DecryptionFailure"], 1),
        (400, "ExpiredTokenException", "it answers ExpiredTokenException; look at the credentials", 1),
        (400, "ThrottlingException", "it answers ThrottlingException", TRIES),
        (500, "InternalServiceError", "it answers InternalServiceError", TRIES),
    ],
)
def test_a_refusal_stops_the_start_at_once_and_a_failure_after_some_tries(
    status: int, code: str, reason: str, calls: int
) -> None:
    body = json.dumps({"__type": code, "Message": f"no {PASSWORD} for you"})
    with answering(status, body) as (address, asked):
        assert complaint(**found_at(address)) == f"{BEGINNING.format('shop')}{reason}."
    assert len(asked) == calls


@pytest.mark.parametrize("missing", ["AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID"])
def test_what_boto3_lacks_stops_the_start(missing: str) -> None:
    nothing = {"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
    there = {name: value for name, value in found_at("http://127.0.0.1:9").items() if name != missing}
    line = complaint(**there | nothing, AWS_EC2_METADATA_DISABLED="true")
    assert line.startswith(BEGINNING.format("shop")) and line.endswith("; set what boto3 asks for.")


def test_a_server_that_hangs_up_is_tried_again_and_given_up() -> None:
    with dying() as (address, calls):
        line = complaint(**found_at(address))
    assert line.startswith(f"{BEGINNING.format('shop')}ConnectionClosedError; ")
    assert len(calls) == TRIES


def test_a_server_that_hangs_is_given_up() -> None:
    with hanging() as address:
        assert complaint(**found_at(address)).startswith(f"{BEGINNING.format('shop')}ReadTimeoutError; ")


@pytest.fixture(name="kept")
def _kept(manager: Manager) -> Kept:
    return Kept(manager.variables, manager.put_document, manager.away)


@pytest.mark.proves("aws-secrets-manager")
def test_workers_are_replaced_when_secrets_change_and_stay_when_the_store_is_away(
    kept: Kept, tmp_path: Path
) -> None:
    assert_that_workers_are_replaced(kept, tmp_path)


@pytest.mark.parametrize("process", PROCESSES)
def test_other_processes_end(process: str, kept: Kept, tmp_path: Path) -> None:
    assert_that_it_ends(process, kept, tmp_path)
