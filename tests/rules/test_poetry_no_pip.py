"""poetry-no-pip."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(".github/workflows/ci.yml", "run: poetry run deptry .", "run: pip install deptry && deptry .")

POETRY = {
    "pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^6.0"\n\n'
    '[tool.poetry.group.dev.dependencies]\nblack = "^26.0"\n'
}


def workflow(command: str) -> dict[str, str]:
    text = f"on: push\njobs:\n  t:\n    steps:\n      - run: |\n          {command}\n"
    return {**POETRY, ".github/workflows/ci.yml": text}


def dockerfile(*commands: str) -> dict[str, str]:
    lines = "".join(f"RUN {command}\n" for command in commands)
    return {**POETRY, "Dockerfile": f"FROM python:3.13\n{lines}"}


@pytest.mark.parametrize(
    "command",
    [
        "pip install poetry==2.2.1",
        "python -m pip install --upgrade pip setuptools wheel",
        "pipx install poetry",
        "pip install pre-commit",
        "pip install .",
        "pip install dist/*.whl",
        "pip install -r docs/requirements.txt",
        "pip install $TOOLS",
        "pip install codecov",
        "# pip install black",
        "poetry run pip list",
    ],
)
def test_what_is_not_poetrys_passes(command: str) -> None:
    passes("poetry-no-pip", workflow(command))


@pytest.mark.parametrize(
    "command",
    [
        "pip install black==26.1",
        "python3 -m pip install -U black",
        "poetry run pip install black",
        "uv pip install black",
    ],
)
def test_a_package_of_poetrys_in_a_job(command: str) -> None:
    flags("poetry-no-pip", workflow(command), ".github/workflows/ci.yml:5 black")


def test_any_package_in_an_image_with_poetry() -> None:
    files = dockerfile(
        "pip install poetry && poetry install", "pip install --no-cache-dir uwsgi==2.0 supervisor"
    )
    flags("poetry-no-pip", files, "Dockerfile:3 pip installs uwsgi, supervisor past Poetry's lock")


def test_an_image_of_others_passes() -> None:
    passes("poetry-no-pip", dockerfile("pip install mkdocs"))


def test_a_script() -> None:
    files = {**POETRY, "scripts/setup.sh": "#!/bin/sh\nset -e\n\npip install \\\n    django\n"}
    flags("poetry-no-pip", files, "scripts/setup.sh:4 pip installs django")
