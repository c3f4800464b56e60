"""HashiCorp Vault, and OpenBao: a secret of a key/value engine, version 2."""

from contextlib import suppress
from typing import Any

import environ
import hvac  # type: ignore[import-untyped]
from hvac import exceptions
from requests import RequestException

from stack.environment.stores import CONNECT_SECONDS, READ_SECONDS, Away, Unreadable

LABEL = "Vault"
REFUSED: dict[type[Exception], str] = {
    exceptions.InvalidPath: "there is no secret at this path of {mount}/, or that is no KV version 2",
    exceptions.Forbidden: "the token may not; let a policy of it read {mount}/data/{name}",
    exceptions.Unauthorized: "the token is not taken",
    exceptions.InvalidRequest: "VAULT_ROLE_ID and VAULT_SECRET_ID are not taken",
}


def fetch(name: str, env: environ.Env) -> object:
    """Return what is in a secret.

    Args:
        name: Its path in the engine.
        env: The reader of variables.

    Raises:
        Unreadable: There is nothing, or not for us.
        Away: There is no answer, or Vault is sealed.
    """
    address, mount = env.str("VAULT_ADDR", ""), env.str("VAULT_MOUNT", "secret")
    if not address:
        raise Unreadable("VAULT_ADDR is not set")
    client = hvac.Client(
        url=address,
        token=env.str("VAULT_TOKEN", ""),
        namespace=env.str("VAULT_NAMESPACE", "") or None,
        verify=env.str("VAULT_CACERT", "") or True,
        timeout=(CONNECT_SECONDS, READ_SECONDS),
    )
    try:
        return _read(client, env, name, mount)
    except (exceptions.VaultError, RequestException) as error:
        if reason := REFUSED.get(type(error)):
            raise Unreadable(reason.replace("{mount}", mount).replace("{name}", name)) from None
        raise Away(f"{type(error).__name__}; look whether it is up, unsealed, and at VAULT_ADDR") from None
    except (KeyError, TypeError, ValueError):
        raise Unreadable("what is at VAULT_ADDR does not answer as Vault does") from None


def _read(client: Any, env: environ.Env, name: str, mount: str) -> object:
    """Log in, if it is by AppRole, and read; leave no token behind that nobody uses any more."""
    role = env.str("VAULT_ROLE_ID", "")
    if role:
        client.auth.approle.login(role_id=role, secret_id=env.str("VAULT_SECRET_ID", ""))
    try:
        answer = client.secrets.kv.v2.read_secret_version(
            path=name, mount_point=mount, raise_on_deleted_version=True
        )
    finally:
        if role:
            with suppress(exceptions.VaultError, RequestException):
                client.auth.token.revoke_self()
    return answer["data"]["data"]
