"""certificates-renewed."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "certificates-renewed"
BREAK = Break(
    "docker-compose.prod.yml",
    "    entrypoint: [sh, /renew]\n",
    "    command: [certonly, --webroot, --webroot-path=/var/www/acme]\n",
    (Break("deploy/certbot/renew", "", None),),
)
ONCE = "services:\n  certbot:\n    image: certbot/certbot:v5.1.0\n    command: certonly --webroot\n"


def test_once() -> None:
    flags(RULE, {"production.yml": ONCE}, "production.yml:4 nothing renews it")


@pytest.mark.parametrize(
    "entrypoint",
    [
        "\"/bin/sh -c 'trap exit TERM; while :; do certbot renew; sleep 12h & wait $${!}; done;'\"",
        "[certbot, renew]",
    ],
)
def test_a_loop_passes(entrypoint: str) -> None:
    text = f"services:\n  certbot:\n    image: certbot/certbot:v5.1.0\n    entrypoint: {entrypoint}\n"
    passes(RULE, {"docker-compose.prod.yml": text})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("scripts/certificates.sh", "docker compose run --rm certbot renew\n"),
        ("deploy/renew.timer", ""),
        ("Makefile", "certificates:\n\tcertbot renew\n"),
    ],
)
def test_what_renews_elsewhere_passes(path: str, text: str) -> None:
    passes(RULE, {"production.yml": ONCE, path: text})


def test_without_certbot_nothing_is_asked() -> None:
    passes(RULE, {"production.yml": "services:\n  proxy:\n    image: traefik:v3\n"})
