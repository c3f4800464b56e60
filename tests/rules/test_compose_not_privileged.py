"""compose-not-privileged."""

from tests.rules.repo import Break, flags, passes

RULE = "compose-not-privileged"
BREAK = Break("docker-compose.yml", "  web:\n    <<: *app\n", "  web:\n    <<: *app\n    privileged: true\n")
IMAGE = {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'}


def compose(body: str) -> dict[str, str]:
    return IMAGE | {"docker-compose.yml": f"services:\n  web:\n    build: .\n{body}"}


def test_no_more_rights_pass() -> None:
    passes(RULE, compose("    privileged: false\n    cap_add: [NET_ADMIN]\n    volumes: ['.:/app']\n"))


def test_privileged() -> None:
    flags(RULE, compose("    privileged: true\n"), "docker-compose.yml:4 is privileged")


def test_docker_s_socket() -> None:
    body = "    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n"
    flags(RULE, compose(body), "docker-compose.yml:4 has Docker's socket")


def test_a_proxy_reads_the_socket() -> None:
    proxy = "  proxy:\n    image: traefik:v3\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro']\n"
    passes(RULE, compose(proxy))
