"""The template against PostgreSQL as providers run it: TLS only, by a CA of the provider's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import wait_for
from tests.docker.certificates import Authority
from tests.docker.runtime import built_image, environment
from tests.docker.stack import docker, unique

pytestmark = pytest.mark.docker

HOST, OTHER_HOST = "db.provider.example", "other.provider.example"
CA = "/etc/ssl/database/ca.pem"

START = f"""
set -eu
install -o postgres -m 600 /tls/{HOST}.key /tls/{HOST}.pem /var/lib/postgresql/
exec docker-entrypoint.sh postgres -c hba_file=/tls/hba.conf -c ssl=on \\
    -c ssl_cert_file=/var/lib/postgresql/{HOST}.pem -c ssl_key_file=/var/lib/postgresql/{HOST}.key
"""

ASK = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    print("answer:", *cursor.fetchone())
"""


@dataclass(frozen=True)
class Provider:
    """A server, and what its clients need.

    Attributes:
        image: The template's.
        network: Where the server is.
        password: Of its user.
        folder: Where the CAs' certificates are.
    """

    image: str
    network: str
    password: str
    folder: Path

    def ask(self, options: str, *, host: str = HOST, ca: str = "provider") -> str:
        """Ask as the application would, with these options in its DATABASE_URL, and give what is printed."""
        address = f"postgres://app:{self.password}@{host}:5432/app{options}"
        variables = environment(DATABASE_URL=address, DJANGO_SETTINGS_MODULE="config.settings")
        given = [word for name, value in variables.items() for word in ("--env", f"{name}={value}")]
        mount = f"{self.folder / ca}.pem:{CA}:ro"
        locked = ("--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--network", self.network)
        command = (self.image, "python", "-c", ASK)
        return docker("run", "--rm", *locked, "--volume", mount, *given, *command, check=False)


@pytest.fixture(scope="module", name="provider")
def fixture_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """PostgreSQL that takes nobody without TLS."""
    folder = tmp_path_factory.mktemp("tls")
    authority = Authority(folder, "provider")
    authority.make()
    authority.sign(HOST)
    Authority(folder, "stranger").make()
    (folder / "hba.conf").write_text(
        "local all all trust\nhostssl all all all scram-sha-256\n", encoding="utf-8"
    )
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)  # read by the users of two images
    name, password = unique("provider"), secrets.token_urlsafe(20)
    aliases = ("--network-alias", HOST, "--network-alias", OTHER_HOST)
    user = ("--env", "POSTGRES_USER=app", "--env", f"POSTGRES_PASSWORD={password}")
    try:
        docker("network", "create", name)
        mounted = ("--volume", f"{folder}:/tls:ro", "--entrypoint", "sh", "postgres:17", "-c", START)
        docker("run", "--detach", "--name", name, "--network", name, *aliases, *user, *mounted)
        ready = ("exec", name, "pg_isready", "--quiet", "--host=127.0.0.1")
        assert wait_for(lambda: docker(*ready, check=False) == ""), docker("logs", name)
        with built_image(tmp_path_factory.mktemp("template")) as image:
            yield Provider(image, name, password, folder)
    finally:
        docker("rm", "--force", "--volumes", name, check=False)
        docker("network", "rm", name, check=False)


VERIFIED = f"?sslmode=verify-full&sslrootcert={CA}"
PUBLIC = "?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt"


@pytest.mark.proves("managed-postgresql")
def test_the_right_ca_and_host_connect_by_tls(provider: Provider) -> None:
    assert provider.ask(VERIFIED).endswith("answer: app True\n")


@pytest.mark.parametrize(
    ("options", "host", "ca", "reason"),
    [
        pytest.param(VERIFIED, HOST, "stranger", "certificate verify failed", id="another CA"),
        pytest.param(PUBLIC, HOST, "provider", "certificate verify failed", id="not by the public CAs"),
        pytest.param(VERIFIED, OTHER_HOST, "provider", "does not match host name", id="another host"),
        pytest.param("?sslmode=verify-full", HOST, "provider", "root certificate file", id="no CA given"),
        pytest.param(VERIFIED + "x", HOST, "provider", "root certificate file", id="no such file"),
        pytest.param("?sslmode=disable", HOST, "provider", "no encryption", id="no TLS"),
    ],
)
@pytest.mark.proves("managed-postgresql")
def test_what_can_not_be_verified_is_refused(
    provider: Provider, options: str, host: str, ca: str, reason: str
) -> None:
    answer = provider.ask(options, host=host, ca=ca)
    assert "OperationalError" in answer and reason in answer, answer
    assert "answer:" not in answer
