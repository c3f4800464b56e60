"""Certbot at a real ACME server: nginx gets the certificate that it signs, and the next one, by itself.

The server is Pebble, Let's Encrypt's own for tests. The image of certbot may be out of reach, so this builds
one of the same version from the package that it is made of.
"""

from __future__ import annotations

import json
import re
import ssl
import subprocess
from collections.abc import Iterator

import pytest

from stackyard.services import ports
from tests.conftest import wait_for
from tests.docker.certificates import Authority
from tests.docker.locks import assert_locked_down
from tests.docker.runtime import DOMAIN
from tests.docker.stack import BUILD_SECONDS, Stack, docker, unique

pytestmark = [pytest.mark.docker, pytest.mark.proves("certbot")]

DOCKERFILE = """
FROM python:3.13-slim-trixie AS certbot
RUN pip install --quiet --root-user-action=ignore certbot=={version}

FROM debian:trixie-slim AS pebble
RUN apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends pebble
"""
CERTIFICATES_LAST = 20
"""Seconds, so that they are due again while the test looks on."""


@pytest.fixture(name="images", scope="module")
def fixture_images(production: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Certbot, of the version that the compose file names, and Pebble."""
    services = json.loads(production.compose("--profile=certbot", "config", "--format=json"))["services"]
    version = services["certbot"]["image"].removeprefix("certbot/certbot:v")
    folder = tmp_path_factory.mktemp("images")
    (folder / "Dockerfile").write_text(DOCKERFILE.format(version=version), encoding="utf-8")
    tags = {name: unique(name) for name in ("certbot", "pebble")}
    try:
        for name, tag in tags.items():
            docker("build", "--quiet", f"--target={name}", f"--tag={tag}", str(folder), seconds=BUILD_SECONDS)
        yield tags
    finally:
        docker("rmi", "--force", *tags.values(), check=False)


@pytest.fixture(name="certified", scope="module")
def fixture_certified(
    production: Stack, images: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """The production stack, its certbot at an ACME server that finds nginx by the domain's name."""
    folder = tmp_path_factory.mktemp("acme")
    authority = Authority(folder, "authority")
    authority.make()
    authority.sign("pebble")
    folder.chmod(0o755)
    (folder / "pebble.json").write_text(
        json.dumps(
            {
                "pebble": {
                    "listenAddress": "0.0.0.0:14000",
                    "certificate": "/acme/pebble.pem",
                    "privateKey": "/acme/pebble.key",
                    "httpPort": 8080,
                    "certificateValidityPeriod": CERTIFICATES_LAST,
                }
            }
        ),
        encoding="utf-8",
    )
    override = folder / "acme.yml"
    override.write_text(
        json.dumps(
            {
                "services": {
                    "pebble": {
                        "image": images["pebble"],
                        "command": ["pebble", "-config", "/acme/pebble.json"],
                        "environment": {"PEBBLE_VA_NOSLEEP": "1"},
                        "volumes": [f"{folder}:/acme:ro"],
                        "links": [f"nginx:{DOMAIN}"],
                        "networks": ["outside"],
                    },
                    "certbot": {
                        "image": images["certbot"],
                        "environment": {
                            "DOMAIN": DOMAIN,
                            "ACME_SERVER": "https://pebble:14000/dir",
                            "REQUESTS_CA_BUNDLE": "/acme/authority.pem",
                            "RENEWAL_SECONDS": "12",
                        },
                        "volumes": [f"{folder}:/acme:ro"],
                    },
                }
            }
        ),
        encoding="utf-8",
    )
    production.overrides.append(override)
    services = ("pebble", "certbot")
    production.compose("--profile=certbot", "up", "--detach", *services)
    yield production
    production.compose("--profile=certbot", "rm", "--stop", "--force", *services)
    production.overrides.remove(override)


def served(stack: Stack) -> dict[str, str]:
    """Give the certificate that nginx shows: who signed it, for whom, and its number."""
    pem = ssl.get_server_certificate((ports.LOOPBACK, int(stack.variables["HTTPS_PORT"])))
    words = ("x509", "-noout", "-issuer", "-serial", "-ext", "subjectAltName")
    said = subprocess.check_output(["openssl", *words], input=pem, text=True)
    patterns = {"issuer": r"issuer=(.*)", "serial": r"serial=(\w+)", "names": r"DNS:(.*)"}
    return {name: found[1] for name, pattern in patterns.items() if (found := re.search(pattern, said))}


def test_nginx_gets_the_certificate_and_then_the_next(certified: Stack) -> None:
    assert wait_for(lambda: "Pebble" in served(certified)["issuer"], seconds=60), certified.logs("certbot")
    first = served(certified)
    assert first["names"] == DOMAIN
    assert wait_for(lambda: served(certified)["serial"] != first["serial"], seconds=90), certified.logs(
        "certbot"
    )
    assert "Pebble" in served(certified)["issuer"]


def test_certbot_is_locked_down_but_for_the_right_to_give_a_key_away(certified: Stack) -> None:
    (certbot,) = certified.containers("certbot")
    assert_locked_down(certbot, rights=["CHOWN"])


def test_the_key_is_read_by_nginx_and_nobody_else(certified: Stack) -> None:
    assert wait_for(lambda: "handed nginx" in certified.logs("certbot"), seconds=60)
    said = certified.run_in("nginx", "stat", "-c", "%U %a", "/etc/nginx/certificates/privkey.pem")
    assert said.split() == ["nginx", "600"]


def test_an_acme_server_that_is_away_costs_nothing_but_time(certified: Stack) -> None:
    """It is asked again, and what nginx has stays. Cut off, and not stopped: Pebble forgets its accounts."""
    (pebble,), (nginx,) = certified.containers("pebble"), certified.containers("nginx")
    (network,) = pebble["NetworkSettings"]["Networks"]
    docker("network", "disconnect", network, pebble["Id"])
    try:
        assert wait_for(lambda: "no new certificate" in certified.logs("certbot"), seconds=90)
        assert "Pebble" in served(certified)["issuer"]
    finally:
        names = ("--alias=pebble", f"--link={nginx['Id']}:{DOMAIN}")
        docker("network", "connect", *names, network, pebble["Id"])
    before = served(certified)["serial"]
    assert wait_for(lambda: served(certified)["serial"] != before, seconds=90), certified.logs("certbot")
