"""docker-installs-main-only."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("Dockerfile", "poetry install --only main --compile", "poetry install --compile")
GROUPS = '[tool.poetry.dependencies]\ndjango = "^6.0"\n[tool.poetry.group.dev.dependencies]\npytest = "^9"\n'


def repo(command: str, pyproject: str = GROUPS, env: str = "") -> dict[str, str]:
    text = (
        f"FROM python:3.13 AS builder\n{env}RUN {command}\nFROM python:3.13-slim\nCOPY --from=builder /v /v\n"
    )
    return {"pyproject.toml": pyproject, "poetry.lock": "", "Dockerfile": text}


@pytest.mark.parametrize(
    "command",
    [
        "poetry install --only main --no-root",
        "poetry install --only=main",
        "poetry install --without dev,docs",
        "poetry install --no-dev",
        'poetry install $(if [ "$ENVIRONMENT" = production ]; then echo --no-dev; fi)',
        "poetry install $POETRY_ARGS",
        "poetry export -o requirements.txt && poetry export --with=dev -o requirements.dev.txt",
        "poetry bundle venv --only=main /venv",
        "pip install poetry",
    ],
)
def test_main_alone_passes(command: str) -> None:
    passes("docker-installs-main-only", repo(command))


@pytest.mark.parametrize(
    "command",
    [
        "poetry install",
        "poetry install --no-root --no-interaction",
        "poetry -n sync",
        "poetry bundle venv /venv",
    ],
)
def test_all_groups(command: str) -> None:
    flags("docker-installs-main-only", repo(command), "Dockerfile:2 the group dev")


def test_an_old_table() -> None:
    old = '[tool.poetry.dependencies]\ndjango = "^6.0"\n[tool.poetry.dev-dependencies]\npytest = "^9"\n'
    flags("docker-installs-main-only", repo("poetry install", old), "Dockerfile:2 the group dev")


@pytest.mark.parametrize(
    "pyproject",
    [
        '[tool.poetry.dependencies]\ndjango = "^6.0"\n',
        GROUPS + "[tool.poetry.group.dev]\noptional = true\n",
        '[project]\nname = "x"\n[project.optional-dependencies]\ndev = ["pytest"]\n',
        '[tool.poetry.group.production.dependencies]\ngunicorn = "^23"\n',
    ],
)
def test_no_group_that_is_installed_unasked_passes(pyproject: str) -> None:
    passes("docker-installs-main-only", repo("poetry install", pyproject))


def test_poetry_s_own_variable_passes() -> None:
    passes("docker-installs-main-only", repo("poetry install", env="ENV POETRY_WITHOUT=dev\n"))


def test_a_stage_that_is_not_deployed_passes() -> None:
    text = (
        "FROM python:3.13 AS builder\nRUN poetry install --only main\n"
        "FROM builder AS development\nRUN poetry install\n"
        "FROM python:3.13-slim\nCOPY --from=builder /v /v\n"
    )
    passes("docker-installs-main-only", {"pyproject.toml": GROUPS, "Dockerfile": text})


@pytest.mark.parametrize("taken", ["/src/dist/*.whl /tmp/", "/src/static /static", "/src/app.toml /etc/"])
def test_a_stage_that_only_builds_may_have_all(taken: str) -> None:
    text = f"FROM python:3.13 AS builder\nRUN poetry install\nFROM python:3.13\nCOPY --from=builder {taken}\n"
    passes("docker-installs-main-only", repo("x") | {"Dockerfile": text})


@pytest.mark.parametrize(
    ("folder", "taken"),
    [("/src", "/src/.venv /v"), ("/src", "/src /src"), ("/", "/usr/local /usr/local"), ("/src", "$VENV /v")],
)
def test_a_stage_whose_packages_are_taken_may_not(folder: str, taken: str) -> None:
    text = (
        f"FROM python:3.13 AS builder\nWORKDIR {folder}\nRUN poetry install\nFROM python:3.13\n"
        f"COPY --from=builder {taken}\n"
    )
    flags("docker-installs-main-only", repo("x") | {"Dockerfile": text}, "Dockerfile:3 the group dev")


def test_a_file_that_is_taken_of_a_working_folder_is_no_environment() -> None:
    text = (
        "FROM python:3.13 AS builder\nWORKDIR /src\nRUN poetry install\nFROM python:3.13\n"
        "COPY --from=builder /src/ui /ui\n"
    )
    passes("docker-installs-main-only", repo("x") | {"Dockerfile": text})
