"""poetry-only."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("uv.lock", "", "version = 1\n")

POETRY = {
    "pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^6.0"\n',
    "poetry.lock": "",
}
DOCKERFILE = "FROM python:3.13\nRUN pip install poetry\nRUN {}\n"
BY_PIP = DOCKERFILE.format("pip install -r requirements.txt")


def test_poetry_alone_passes() -> None:
    passes("poetry-only", POETRY)


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("Pipfile", '[packages]\ndjango = "*"\n', "Pipfile Pipenv's"),
        ("pdm.lock", "x", "pdm.lock PDM's"),
        ("environment.yml", "name: x\ndependencies:\n  - django\n", "environment.yml:2 conda's"),
        ("setup.py", "setup(\n    install_requires=['django'],\n)\n", "setup.py:2 setuptools's"),
    ],
)
def test_another_manager_beside_it(name: str, text: str, where: str) -> None:
    flags("poetry-only", {**POETRY, name: text}, where)


def test_a_setup_without_requirements_passes() -> None:
    passes("poetry-only", {**POETRY, "setup.py": "from setuptools import setup\n\nsetup()\n"})


def test_a_file_of_variables_named_environment_passes() -> None:
    passes("poetry-only", {**POETRY, "environment.yml": "variables:\n  DEBUG: '1'\n"})


def test_requirements_that_the_image_installs() -> None:
    files = {**POETRY, "requirements.txt": "django==5.0\n", "Dockerfile": BY_PIP}
    flags("poetry-only", files, "requirements.txt is installed by pip (Dockerfile:3)")


def test_requirements_that_a_job_installs() -> None:
    workflow = "on: push\njobs:\n  t:\n    steps:\n      - run: pip install -r requirements/ci.txt\n"
    files = {**POETRY, "requirements/ci.txt": "pytest\n", ".github/workflows/ci.yml": workflow}
    flags("poetry-only", files, "requirements/ci.txt is installed by pip (.github/workflows/ci.yml:5)")


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "django\n"},  # nothing installs it
        {
            "requirements.txt": "django\n",
            "Dockerfile": DOCKERFILE.format("echo ok # pip install -r requirements.txt"),
        },
        {"Dockerfile": BY_PIP},  # what makes the file is not known
        {
            "requirements.txt": "django\n",
            "Dockerfile": DOCKERFILE.format(
                "poetry export -o requirements.txt && pip install -r requirements.txt"
            ),
        },
        {"docs/requirements.txt": "sphinx\n", "Makefile": "docs:\n\tpip install -r docs/requirements.txt\n"},
        {"services/ml/requirements.txt": "torch\n", "services/ml/Dockerfile": BY_PIP},
    ],
)
def test_other_requirements_pass(files: dict[str, str]) -> None:
    passes("poetry-only", {**POETRY, **files})


def test_a_project_without_poetry_is_another_rules() -> None:
    passes("poetry-only", {"requirements.txt": "django\n", "Dockerfile": BY_PIP})
