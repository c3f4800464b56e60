"""docker-healthcheck."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "Dockerfile",
    """EXPOSE 8000
# Is the process alive: an orchestrator restarts what is not. Whether it can serve is /health/ready.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s \\
    CMD ["python", "-m", "stack.health.probe"]
""",
)
IMAGE = 'FROM python:3.13-slim AS runtime\nCMD ["gunicorn", "config.wsgi"]\n'
TEST = "    healthcheck: {test: [CMD, curl, -f, http://localhost:8000/health/]}\n"


def compose(healthcheck: str = "", command: str = "") -> str:
    return f"services:\n  web:\n    build: .\n{command}{healthcheck}"


def test_one_in_the_image_passes() -> None:
    passes("docker-healthcheck", {"Dockerfile": f"{IMAGE}HEALTHCHECK CMD curl -f http://localhost/\n"})


def test_one_of_a_stage_below_passes() -> None:
    text = "FROM python:3.13 AS base\nHEALTHCHECK CMD x\nFROM base\nRUN pip install x\n"
    passes("docker-healthcheck", {"Dockerfile": text})


def test_none() -> None:
    flags("docker-healthcheck", {"Dockerfile": IMAGE}, "Dockerfile:1 the stage runtime")


def test_one_that_is_turned_off() -> None:
    flags(
        "docker-healthcheck", {"Dockerfile": f"{IMAGE}HEALTHCHECK NONE\n"}, "Dockerfile:3 the stage runtime"
    )


def test_that_of_production_s_compose_counts() -> None:
    passes("docker-healthcheck", {"Dockerfile": IMAGE, "docker-compose.prod.yml": compose(TEST)})
    files = {"Dockerfile": IMAGE, "docker-compose.yml": compose(TEST), "docker-compose.prod.yml": compose()}
    flags("docker-healthcheck", files, "Dockerfile:1 nothing asks")


def test_that_of_the_only_compose_file_counts() -> None:
    passes("docker-healthcheck", {"Dockerfile": IMAGE, "docker-compose.yml": compose(TEST)})


def test_a_service_that_only_migrates_needs_none() -> None:
    migrate = "  migrate:\n    build: .\n    command: python manage.py migrate\n"
    passes("docker-healthcheck", {"Dockerfile": IMAGE, "docker-compose.yml": compose(TEST) + migrate})


@pytest.mark.parametrize(
    "probe", ["livenessProbe: {httpGet: {path: /}}", "readinessProbe:\n  tcpSocket: {port: 1}"]
)
def test_a_manifest_s_probes_count(probe: str) -> None:
    passes("docker-healthcheck", {"Dockerfile": IMAGE, "deploy/web.yaml": f"kind: Deployment\n{probe}\n"})


def test_a_worker_s_image_and_a_base_of_one_s_own_pass() -> None:
    passes(
        "docker-healthcheck", {"Dockerfile": 'FROM python:3.13\nCMD ["celery", "-A", "config", "worker"]\n'}
    )
    passes(
        "docker-healthcheck", {"Dockerfile": 'FROM ghcr.io/team/python:3\nCMD ["gunicorn", "config.wsgi"]\n'}
    )


def test_a_server_with_workers_is_none() -> None:
    image = 'FROM python:3.13\nCOPY . .\nCMD ["{}"]\n'
    server = 'gunicorn", "--worker-class", "web.UvicornWorker", "web:app'
    flags("docker-healthcheck", {"Dockerfile": image.format(server)}, "Dockerfile:1 nothing asks")
    passes("docker-healthcheck", {"Dockerfile": image.format('celery", "-A", "web", "worker')})
