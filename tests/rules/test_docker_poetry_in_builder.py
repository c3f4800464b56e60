"""docker-poetry-in-builder."""

import pytest

from tests.rules.repo import Break, flags, passes

LABEL = 'LABEL org.opencontainers.image.title="myproject"\n'
BREAK = Break("Dockerfile", LABEL, f"{LABEL}RUN pip install 'poetry>=2.5,<2.6'\n")
BUILDER = "FROM python:3.13 AS builder\nRUN pip install poetry==2.2.1 && poetry install --only main\n"


def dockerfile(run: str) -> dict[str, str]:
    return {"Dockerfile": f"{BUILDER}FROM python:3.13-slim\nCOPY --from=builder /venv /venv\n{run}"}


@pytest.mark.parametrize(
    "run",
    [
        "",
        "RUN pip install gunicorn\n",
        "RUN apt-get install -y libpq5 \\\n  # pip install poetry\n  curl\n",
        "RUN pip install poetry && poetry install && pip uninstall -y poetry\n",
        "COPY poetry.lock .\n",
        "RUN pip install poetry-core\n",
        "RUN pip install -r /opt/poetry/requirements.txt\n",
    ],
)
def test_poetry_in_the_builder_alone_passes(run: str) -> None:
    passes("docker-poetry-in-builder", dockerfile(run))


@pytest.mark.parametrize(
    "run",
    [
        "RUN pip install --no-cache-dir 'poetry==2.2.1'\n",
        "RUN pip install poetry\n",
        "RUN python -m pip install -U pip poetry\n",
        "RUN pipx install poetry\n",
        "RUN apk add --no-cache poetry\n",
        "RUN curl -sSL https://install.python-poetry.org | python3 -\n",
    ],
)
def test_poetry_in_what_is_deployed(run: str) -> None:
    flags("docker-poetry-in-builder", dockerfile(run), "Dockerfile:5 Poetry is installed")


def test_a_common_base_is_deployed_too() -> None:
    text = (
        "FROM python:3.13 AS base\nRUN pip install poetry\nFROM base AS builder\nRUN poetry install\n"
        "FROM base AS runtime\nCOPY --from=builder /venv /venv\n"
    )
    flags("docker-poetry-in-builder", {"Dockerfile": text}, "Dockerfile:2 the stage runtime")


def test_one_stage_is_another_rule_s_matter() -> None:
    passes("docker-poetry-in-builder", {"Dockerfile": BUILDER})
