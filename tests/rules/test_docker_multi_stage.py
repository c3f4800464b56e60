"""docker-multi-stage."""

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "Dockerfile",
    "FROM base AS runtime",
    "FROM builder AS runtime",
    (
        Break("Dockerfile", "COPY --from=builder /opt/venv /opt/venv\n"),
        Break("Dockerfile", "COPY --from=static /static /app/staticfiles\n"),
    ),
)
INSTALL = "FROM python:3.13 AS builder\nRUN pip install poetry && poetry install\n"


def test_a_copied_environment_passes() -> None:
    passes(
        "docker-multi-stage",
        {"Dockerfile": f"{INSTALL}FROM python:3.13-slim\nCOPY --from=builder /venv /venv\n"},
    )


def test_a_stage_by_its_number_passes() -> None:
    text = "FROM python:3.13\nRUN pip install x\nFROM python:3.13-slim\nCOPY --from=0 /venv /venv\n"
    passes("docker-multi-stage", {"Dockerfile": text})


def test_wheels_by_a_mount_pass() -> None:
    text = (
        f"{INSTALL}FROM python:3.13-slim\nRUN --mount=type=bind,from=builder,target=/w pip install /w/*.whl\n"
    )
    passes("docker-multi-stage", {"Dockerfile": text})


def test_one_stage() -> None:
    flags(
        "docker-multi-stage",
        {"Dockerfile": INSTALL},
        "Dockerfile:1 the stage builder installs packages itself",
    )


def test_a_stage_that_stands_on_the_builder_leaves_nothing_behind() -> None:
    text = f"{INSTALL}FROM builder AS production\nCOPY . .\n"
    flags("docker-multi-stage", {"docker/django/Dockerfile": text}, "docker/django/Dockerfile:3 production")


def test_an_image_of_others_that_is_copied_from_is_no_builder() -> None:
    text = "FROM python:3.13-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nRUN uv sync\n"
    flags("docker-multi-stage", {"Dockerfile": text}, "Dockerfile:1 installs packages itself")


def test_a_name_for_an_image_of_others_is_no_builder() -> None:
    text = "FROM ghcr.io/astral-sh/uv:0.9 AS uv\nFROM python:3.13\nCOPY --from=uv /uv /bin/\nRUN uv sync\n"
    flags("docker-multi-stage", {"Dockerfile": text}, "Dockerfile:2 installs packages itself")


def test_a_frontend_that_is_copied_is_no_builder() -> None:
    text = "FROM node:24 AS frontend\nFROM python:3.13\nCOPY --from=frontend /dist /dist\nRUN pip install x\n"
    flags("docker-multi-stage", {"Dockerfile": text}, "Dockerfile:2 installs packages itself")


def test_an_image_that_installs_nothing_passes() -> None:
    passes(
        "docker-multi-stage", {"Dockerfile": 'FROM ghcr.io/team/python-base:3\nCOPY . .\nCMD ["gunicorn"]\n'}
    )


def test_development_s_is_not_looked_at() -> None:
    files = {
        "compose/local/django/Dockerfile": INSTALL,
        "compose/production/django/Dockerfile": f"{INSTALL}FROM python:3.13\nCOPY --from=builder /v /v\n",
    }
    passes("docker-multi-stage", files)
