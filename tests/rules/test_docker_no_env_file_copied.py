"""docker-no-env-file-copied."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("Dockerfile", "COPY . .\nUSER 10001", "COPY . .\nCOPY .env ./\nUSER 10001")


def dockerfile(copy: str) -> dict[str, str]:
    return {"Dockerfile": f"FROM python:3.13\n{copy}\n"}


@pytest.mark.parametrize(
    "copy",
    [
        "COPY . .",
        "COPY .env.example .env",
        "COPY .env.test ./",
        "COPY --from=builder /app/.env /app/",
        "COPY environment.py ./",
        "COPY .envrc ./",
    ],
)
def test_what_is_no_env_file_passes(copy: str) -> None:
    passes("docker-no-env-file-copied", dockerfile(copy))


@pytest.mark.parametrize(
    "source", [".env", "./.env", ".env.production", "config/prod.env", ".envs/.production/.django"]
)
def test_an_env_file(source: str) -> None:
    flags(
        "docker-no-env-file-copied",
        dockerfile(f"COPY manage.py {source} ./"),
        f"Dockerfile:2 {source} is copied",
    )


def test_that_of_a_builder_does_not_stay() -> None:
    text = "FROM python:3.13 AS builder\nCOPY .env .\nFROM python:3.13\nCOPY --from=builder /static /static\n"
    passes("docker-no-env-file-copied", {"Dockerfile": text})
