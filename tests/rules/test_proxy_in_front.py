"""proxy-in-front."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "proxy-in-front"
BREAK = Break(
    "docker-compose.prod.yml",
    "    <<: *app\n    deploy:\n      replicas: ${WEB_REPLICAS:-2}\n",
    '    <<: *app\n    ports: ["8000:8000"]\n    deploy:\n      replicas: ${WEB_REPLICAS:-2}\n',
)
IMAGE = {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'}
OPEN = "    ports: ['80:8000']\n"


def compose(body: str, name: str = "production.yml") -> dict[str, str]:
    return IMAGE | {name: f"services:\n  web:\n    build: .\n{body}"}


def test_no_proxy() -> None:
    flags(RULE, compose(OPEN), "production.yml:4 no proxy in front of it")


@pytest.mark.parametrize("image", ["nginx:1.28", "traefik:v3", "caddy:2", "nginxinc/nginx-unprivileged:1.28"])
def test_a_proxy_alone_is_published(image: str) -> None:
    passes(RULE, compose(f"  proxy:\n    image: {image}\n    ports: ['80:80']\n"))


def test_a_service_beside_the_proxy() -> None:
    proxy = "  nginx:\n    image: nginx:1.28\n    ports: ['80:80']\n"
    flags(RULE, compose(f"{OPEN}{proxy}"), "production.yml:4 beside the proxy")


@pytest.mark.parametrize("path", ["deploy/nginx.conf", "nginx/default.conf", "Caddyfile", "k8s/ingress.yaml"])
def test_one_that_is_configured_elsewhere_passes(path: str) -> None:
    passes(RULE, compose(OPEN) | {path: "x: y\n"})


def test_a_port_of_this_machine_is_for_a_proxy() -> None:
    passes(RULE, compose("    ports: ['127.0.0.1:8000:8000']\n"))


def test_development_needs_none() -> None:
    passes(RULE, compose(OPEN, "docker-compose.yml"))


def test_a_proxy_of_one_s_own_image_passes() -> None:
    files = compose("  nginx:\n    build: ./nginx\n    ports: ['80:80']\n")
    passes(
        RULE,
        files
        | {"nginx/Dockerfile": "FROM python:3.13 AS static\nFROM nginx:1.28\nCOPY --from=static /s /s\n"},
    )
