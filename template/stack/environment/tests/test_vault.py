"""Vault, by hvac, against OpenBao, which has Vault's protocol."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import hvac  # type: ignore[import-untyped]
import pytest
from requests import RequestException

from stack.environment.store import TRIES
from stack.environment.stores.vault import LABEL
from stack.environment.tests.faults import answering, dripping, dying, hanging
from stack.environment.tests.rotating import Kept, assert_that_workers_are_replaced
from stack.environment.tests.starting import complaint, started
from tests.processes import free_port, running, wait_until

ROOT = "root-token-of-a-test"
BEGINNING = f"The secrets 'shop/live' can't be read from {LABEL}: "
POLICY = 'path "secret/data/shop/*" { capabilities = ["read"] }'
NOBODY = "; look whether it is up, unsealed, and at VAULT_ADDR."


def found_at(address: str, **variables: str) -> dict[str, str]:
    """Return the variables for the secret in this place."""
    return {
        "SECRETS_BACKEND": "vault",
        "SECRETS_NAME": "shop/live",
        "VAULT_ADDR": address,
        "VAULT_TOKEN": ROOT,
    } | variables


class Vault:
    """A server in its memory alone, unsealed, and what may be done with it."""

    def __init__(self, port: int) -> None:
        """Connect, once it is up."""
        self.address = f"http://127.0.0.1:{port}"
        self.client = hvac.Client(url=self.address, token=ROOT)
        wait_until(self.is_up)

    def is_up(self) -> bool:
        """Tell whether its engine can be written to."""
        try:
            return "secret/" in self.client.sys.list_mounted_secrets_engines()["data"]
        except (hvac.exceptions.VaultError, RequestException):
            return False

    def put(self, document: dict[str, Any]) -> None:
        """Put a document into the secret."""
        self.client.secrets.kv.v2.create_or_update_secret("shop/live", document)

    def role(self, policy: str = POLICY) -> dict[str, str]:
        """Make a role that may do this, and return the variables of its log-in."""
        if "approle/" not in self.client.sys.list_auth_methods()["data"]:
            self.client.sys.enable_auth_method("approle")
        self.client.sys.create_or_update_policy("shop", policy)
        self.client.auth.approle.create_or_update_approle("shop", token_policies=["shop"])
        return {
            "VAULT_TOKEN": "",
            "VAULT_ROLE_ID": self.client.auth.approle.read_role_id("shop")["data"]["role_id"],
            "VAULT_SECRET_ID": self.client.auth.approle.generate_secret_id("shop")["data"]["secret_id"],
        }


@contextmanager
def serving(folder: Path, port: int) -> Iterator[Vault]:
    """Run a server."""
    command = ["bao", "server", "-dev", "-dev-no-store-token", f"-dev-root-token-id={ROOT}"]
    command.append(f"-dev-listen-address=127.0.0.1:{port}")
    with running(command, folder / "vault", HOME=str(folder)):
        vault = Vault(port)
        try:
            yield vault
        finally:
            vault.client.adapter.close()


@pytest.fixture(name="vault")
def _vault(tmp_path: Path) -> Iterator[Vault]:
    with serving(tmp_path, free_port()) as vault:
        yield vault


@pytest.mark.asvs("13.3.1")
@pytest.mark.proves("vault")
def test_a_secret_is_laid_under_the_environment(vault: Vault) -> None:
    vault.put({"ALPHA": "theirs", "BETA": "theirs", "GAMMA": "$theirs"})
    own = {"BETA": "mine", "GAMMA": ""}
    assert started(**found_at(vault.address), **own).output == "theirs mine $theirs"
    assert started(**found_at(vault.address, **vault.role()), **own).output == "theirs mine $theirs"


@pytest.mark.proves("vault")
def test_a_log_in_by_role_leaves_no_token_behind(vault: Vault) -> None:
    vault.put({"ALPHA": "theirs"})
    role = vault.role()
    before = vault.client.list("auth/token/accessors")["data"]["keys"]
    assert started(**found_at(vault.address, **role)).output.startswith("theirs")
    assert vault.client.list("auth/token/accessors")["data"]["keys"] == before


@pytest.mark.proves("vault")
def test_what_vault_refuses_stops_the_start_with_one_line(vault: Vault) -> None:
    def line(**variables: str) -> str:
        return complaint(**found_at(vault.address, **variables)).removeprefix(BEGINNING)

    nothing = "there is no secret at this path of secret/, or that is no KV version 2."
    assert line() == nothing
    vault.put({"ALPHA": 1})
    assert line() == "the value of ALPHA is no string, but int."
    vault.put({"ALPHA": "1"})
    vault.client.secrets.kv.v2.delete_latest_version_of_secret("shop/live")
    assert line() == nothing
    denied = "the token may not; let a policy of it read secret/data/shop/live."
    assert line(**vault.role('path "secret/data/other" { capabilities = ["read"] }')) == denied
    assert line(VAULT_TOKEN="unknown") == denied
    role = vault.role() | {"VAULT_SECRET_ID": "unknown"}
    assert line(**role) == "VAULT_ROLE_ID and VAULT_SECRET_ID are not taken."
    vault.client.sys.seal()
    assert line() == f"VaultDown{NOBODY}"


@pytest.mark.parametrize("body", ["<p>Welcome</p>", "[]", '{"data": null}'])
def test_what_is_no_vault_stops_the_start(body: str) -> None:
    with answering(200, body) as (address, _):
        line = complaint(**found_at(address))
    assert line == f"{BEGINNING}what is at VAULT_ADDR does not answer as Vault does."


def test_without_an_address_there_is_no_start() -> None:
    assert complaint(**found_at("")) == f"{BEGINNING}VAULT_ADDR is not set."


def test_a_failure_is_tried_again() -> None:
    with answering(500, json.dumps({"errors": ["hunter2"]})) as (address, asked):
        assert complaint(**found_at(address)) == f"{BEGINNING}InternalServerError{NOBODY}"
    assert len(asked) == TRIES


def test_a_server_that_hangs_up_is_tried_again_and_given_up() -> None:
    with dying() as (address, calls):
        assert complaint(**found_at(address)) == f"{BEGINNING}ConnectionError{NOBODY}"
    assert len(calls) == TRIES


def test_a_server_that_hangs_is_given_up() -> None:
    with hanging() as address:
        assert complaint(**found_at(address)) == f"{BEGINNING}ReadTimeout{NOBODY}"


def test_an_answer_that_never_ends_is_given_up() -> None:
    with dripping() as address:
        assert complaint(**found_at(address)) == f"{BEGINNING}there was no answer within 15 s."


@pytest.mark.proves("vault")
def test_workers_are_replaced_when_secrets_change_and_stay_when_the_store_is_away(tmp_path: Path) -> None:
    port = free_port()
    vaults: list[Vault] = []
    with ExitStack() as servers:

        def start() -> None:
            vaults.append(servers.enter_context(serving(tmp_path, port)))

        @contextmanager
        def away() -> Iterator[list[str]]:
            servers.close()
            with dying(port) as (_, calls):
                yield calls
            start()  # an empty one

        def put(document: dict[str, Any]) -> None:
            vaults[-1].put(document)

        start()
        kept = Kept(found_at(vaults[0].address), put, away)
        assert_that_workers_are_replaced(kept, tmp_path)
