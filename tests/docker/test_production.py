"""The production stack: locked down, behind nginx, with nothing that a client can claim of itself."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import ssl
import subprocess
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from stackyard.services import ports
from tests.conftest import wait_for
from tests.docker.conftest import SECRETS
from tests.docker.https import request
from tests.docker.locks import assert_locked_down
from tests.docker.stack import Stack, docker, service_of

pytestmark = [pytest.mark.docker, pytest.mark.proves("docker-compose")]

RUNS_AS_ROOT = {"certificate"}
"""Of which the compose file says the reason; certbot, which runs by its profile alone, is another."""


def container(stack: Stack, service: str) -> dict[str, Any]:
    return stack.containers(service)[0]


def manage(stack: Stack, code: str) -> str:
    return stack.run_in("web", "python", "manage.py", "shell", "-c", code)


def in_volume(stack: Stack, volume: str, command: str, *options: str) -> None:
    """Run a command as root in one of the stack's volumes, as another container that has it may."""
    mounted = ["--user=0", "--workdir=/volume", f"--volume={stack.name}_{volume}:/volume", *options]
    docker("run", "--rm", *mounted, "--entrypoint=sh", stack.name, "-c", command)


@pytest.mark.proves("nginx", "gunicorn", "uvicorn")
def test_all_is_up_and_serves(production: Stack) -> None:
    services = Counter(
        service_of(service)
        for service in production.containers()
        if service["State"]["Status"] == "running" and service["State"]["Health"]["Status"] == "healthy"
    )

    servers = ["db", "redis", "rabbitmq", "prometheus"]
    own = ["nginx", "asgi", "celery_worker", "celery_beat", "outbox_publisher", "event_consumer"]
    own.append("stream_consumer")
    assert services == {"web": 2} | dict.fromkeys(servers + own, 1)
    production.run_in("web", "python", "-m", "stack.health.probe", "ready")
    assert request(production, "/health/ready")[0] == 404, "it costs a connection to each server"
    status, headers, _ = request(production, "/")
    assert status == 200
    assert headers["strict-transport-security"].startswith("max-age=31536000")


def test_text_is_compressed(production: Stack) -> None:
    status, headers, body = request(production, "/api/schema/", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "accept-encoding" in headers["vary"].lower()
    assert len(gzip.decompress(body)) > 2 * len(body)


def test_every_container_is_locked_down(production: Stack) -> None:
    services = {service_of(each): each for each in production.containers()}
    assert len(services) == 14 + ("kafka" in services)
    for name, service in services.items():
        host = service["HostConfig"]
        assert_locked_down(service, rights=["CHOWN"] if name in RUNS_AS_ROOT else [])
        assert host["RestartPolicy"]["Name"] == (
            "no" if name in {"migrate", "certificate"} else "unless-stopped"
        )
        if name not in RUNS_AS_ROOT and service["State"]["Running"]:
            status = docker("exec", service["Id"], "cat", "/proc/1/status")
            fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
            assert fields["Uid"].split()[0] != "0", name
            assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0, name
            assert fields["NoNewPrivs"].strip() == "1", name
            with pytest.raises(AssertionError, match=r"(?i)read-only|permission denied"):
                docker("exec", service["Id"], "sh", "-c", "echo x >/usr/written")


def test_a_backup_is_made_proven_and_put_in_place_in_a_locked_container(production: Stack) -> None:
    production.compose("--profile=backup", "create", "backup")
    (container_of_backup,) = production.containers("backup")
    assert_locked_down(container_of_backup)
    assert container_of_backup["Config"]["User"] == "postgres"

    run = ("--profile=backup", "run", "--rm", "-T")
    said = production.compose(*run, "backup")
    names = re.findall(r"app-\w+\.backup", said)
    assert names, said
    assert names[-1] in production.compose(*run, "backup", "verify", names[-1])
    said = production.compose(*run, "--entrypoint=/backup/restore", "backup", names[-1])
    assert "app_before_" in said
    assert wait_for(lambda: request(production, "/api/v1/products/")[0] == 200, seconds=30)
    production.compose("--profile=backup", "rm", "--force", "--stop", "backup")


def test_servers_are_reached_by_nobody_outside(production: Stack) -> None:
    published = {service_of(each) for each in production.containers() if each["HostConfig"]["PortBindings"]}
    assert published == {"nginx", "prometheus"}
    for server in ("db", "redis", "rabbitmq"):
        (network,) = container(production, server)["NetworkSettings"]["Networks"]
        assert json.loads(docker("network", "inspect", network))[0]["Internal"], server


def test_plain_http_leads_to_tls_and_answers_challenges(production: Stack) -> None:
    in_volume(
        production,
        "acme",
        "mkdir -p .well-known/acme-challenge && echo answer >.well-known/acme-challenge/token",
    )
    connection = http.client.HTTPConnection(
        ports.LOOPBACK, int(production.variables["HTTP_PORT"]), timeout=10
    )
    with closing(connection):
        connection.request("GET", "/a?b=c", headers={"Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.getheader("Location")) == (308, "https://localhost/a?b=c")
        connection.request("GET", "/.well-known/acme-challenge/token", headers={"Host": "localhost"})
        assert connection.getresponse().read() == b"answer\n"


def test_old_tls_is_refused_and_http_2_is_spoken(production: Stack) -> None:
    address = (ports.LOOPBACK, int(production.variables["HTTPS_PORT"]))
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(address, timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        assert secure.selected_alpn_protocol() == "h2"
        assert secure.version() == "TLSv1.3"
    assert handshake(address[1], "-tls1_2") == "TLSv1.2"
    assert handshake(address[1], "-tls1_1", "-cipher=ALL:@SECLEVEL=0") == ""


def handshake(port: int, *options: str) -> str:
    """Give the version of TLS that openssl and nginx agree on; nothing, if they don't."""
    said = subprocess.run(
        ["openssl", "s_client", *options, f"-connect=localhost:{port}"],
        input="", capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert "CONNECTED" in said.stdout, said.stderr
    found = re.search(r"^New, (\S+), Cipher is (?!\(NONE\))", said.stdout, re.MULTILINE)
    return found[1] if found else ""


def test_media_is_served_and_never_run(production: Stack) -> None:
    manage(
        production,
        "from django.core.files.base import ContentFile\n"
        "from django.core.files.storage import default_storage\n"
        "default_storage.save('page.html', ContentFile(b'<script>alert(1)</script>'))",
    )
    status, headers, body = request(production, "/media/page.html")
    assert (status, body) == (200, b"<script>alert(1)</script>")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"] == "attachment"
    assert "sandbox" in headers["content-security-policy"]


LOGIN = b'{"email": "nobody@example.com", "password": "x"}'
ELSEWHERE = """
import http.client, ssl, sys
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
connection = http.client.HTTPSConnection("nginx", 8443, context=context, timeout=30)
headers = {"Host": "localhost", "Content-Type": "application/json"}
connection.request("POST", "/api/v1/auth/token/", sys.argv[1], headers)
print("status", connection.getresponse().status)
"""


def test_a_forged_address_is_never_the_clients(production: Stack) -> None:
    """Five guesses are allowed to an address; one that changes what it claims to be gets no more."""
    statuses = Counter[int]()
    for number in range(25):
        forged = f"203.0.113.{number}"
        headers = {
            "X_Forwarded_For": forged,
            "X_Real_IP": forged,
            "Forwarded": f"for={forged}",
            "Content_Type": "application/json",
        }
        statuses[request(production, "/api/v1/auth/token/", method="POST", body=LOGIN, **headers)[0]] += 1
    assert statuses == {401: 5, 429: 20}
    assert "203.0.113." not in production.logs("web", "asgi", "nginx")
    # And it is not everybody who has to wait now: another address is somebody else.
    run = ("run", "--rm", f"--network={production.name}_outside", "--entrypoint=python", production.name)
    assert "status 401" in docker(*run, "-c", ELSEWHERE, LOGIN.decode())


def test_a_forged_host_is_refused(production: Stack) -> None:
    assert request(production, "/", Host="evil.example.com")[0] == 400
    status, _, body = request(production, "/", X_Forwarded_Host="evil.example.com")
    assert status == 200 and b"evil" not in body


def test_nginx_takes_a_new_certificate_by_itself(production: Stack, tmp_path: Path) -> None:
    def serial() -> str:
        pem = ssl.get_server_certificate((ports.LOOPBACK, int(production.variables["HTTPS_PORT"])))
        return subprocess.check_output(["openssl", "x509", "-noout", "-serial"], input=pem, text=True)

    before = serial()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    in_volume(
        production,
        "certificates",
        "cp /new/*.pem . && chown 101 *.pem && chmod 600 *.pem",
        f"--volume={tmp_path}:/new:ro",
    )
    assert wait_for(lambda: serial() != before, seconds=30)


def test_prometheus_scrapes_every_replica_and_the_broker(production: Stack) -> None:
    def up() -> Counter[str]:
        with suppress(OSError):
            connection = http.client.HTTPConnection(
                ports.LOOPBACK, int(production.variables["PROMETHEUS_UI_PORT"]), timeout=5
            )
            with closing(connection):
                connection.request("GET", "/api/v1/query?query=up%3D%3D1")
                result = json.load(connection.getresponse())["data"]["result"]
                return Counter(series["metric"]["job"] for series in result)
        return Counter()

    expected = {"web": 2 + 1, "relay": 1, "consumers": 2, "rabbitmq": 1, "queues": 1}
    assert wait_for(lambda: up() == expected, seconds=60), up()


def test_secrets_are_in_no_log(production: Stack) -> None:
    """Not even those of a query: of a request that is answered, too large, or that no server takes."""
    token = f"planted-{uuid4().hex}"
    assert request(production, f"/accounts/reset/?token={token}")[0] < 500
    assert request(production, f"/?token={token}", method="POST", body=b"x" * 2_000_000)[0] >= 400
    production.compose("stop", "asgi")
    try:
        assert request(production, f"/ws/?token={token}")[0] == 503
    finally:
        production.compose("up", "--detach", "--wait", "asgi")
    logs = production.logs()
    assert token not in logs
    assert len(logs) > 1000
    assert not [name for name, value in SECRETS.items() if value in logs]
