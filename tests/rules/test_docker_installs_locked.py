"""docker-installs-locked."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("Dockerfile", "COPY pyproject.toml poetry.lock ./\n", "COPY pyproject.toml ./\n")


def repo(body: str, **more: str) -> dict[str, str]:
    project = '[tool.poetry.dependencies]\ndjango = "^6.0"\n'
    return {"pyproject.toml": project, "poetry.lock": "", "Dockerfile": f"FROM python:3.13\n{body}", **more}


@pytest.mark.parametrize(
    "copy",
    [
        "COPY pyproject.toml poetry.lock ./\n",
        "COPY pyproject.toml poetry.lock* ./\n",
        "COPY ./poetry.lock /app/\n",
        "COPY . .\n",
        "COPY backend /app\n",
        "COPY ${FILES} ./\n",
        "COPY --from=files /app /app\n",
    ],
)
def test_a_lock_that_is_copied_passes(copy: str) -> None:
    passes("docker-installs-locked", repo(f"{copy}RUN poetry install --only main\n"))


def test_a_lock_that_is_mounted_passes() -> None:
    mount = "--mount=type=bind,source=poetry.lock,target=poetry.lock"
    passes("docker-installs-locked", repo(f"COPY pyproject.toml .\nRUN {mount} poetry install\n"))


def test_a_lock_of_a_stage_below_passes() -> None:
    passes("docker-installs-locked", repo("COPY . .\nFROM 0\nRUN poetry install\n"))


@pytest.mark.parametrize("command", ["install --no-root", "export -o requirements.txt", "sync"])
def test_no_lock(command: str) -> None:
    body = f"COPY pyproject.toml ./\nRUN poetry {command}\nCOPY . .\n"
    flags("docker-installs-locked", repo(body), "Dockerfile:3 no poetry.lock")


def test_a_lock_that_is_ignored() -> None:
    files = repo("COPY . .\nRUN poetry install\n", **{".dockerignore": "*.lock\n"})
    flags("docker-installs-locked", files, "Dockerfile:3 no poetry.lock")


@pytest.mark.parametrize(
    "command",
    ["poetry lock", "poetry update --no-interaction", "poetry lock --no-update", "poetry add gunicorn"],
)
def test_a_lock_that_is_made(command: str) -> None:
    flags(
        "docker-installs-locked",
        repo(f"COPY . .\nRUN {command} && poetry install\n"),
        "Dockerfile:3 of its own",
    )


def test_checking_the_lock_passes() -> None:
    passes("docker-installs-locked", repo("COPY . .\nRUN poetry lock --check && poetry install\n"))


def test_a_project_without_a_lock_is_another_rule_s_matter() -> None:
    passes(
        "docker-installs-locked",
        {"Dockerfile": "FROM python:3.13\nCOPY pyproject.toml .\nRUN poetry install\n"},
    )
