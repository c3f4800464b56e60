"""python-versions-agree."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(".python-version", "3.13", "3.12")

ASKED = '[tool.poetry.dependencies]\npython = "^3.13,<3.15"\ndjango = "^6.0"\n'


def repo(tools: str = "", **files: str) -> dict[str, str]:
    return {"pyproject.toml": ASKED + tools, **files}


def job(version: str, command: str = "poetry install") -> dict[str, str]:
    lines = ["jobs:", "  test:", "    steps:", "      - uses: actions/setup-python@v6", "        with:"]
    text = "\n".join([*lines, f"          python-version: {version}", f"      - run: {command}", ""])
    return {**repo(), ".github/workflows/ci.yml": text}


@pytest.mark.parametrize("text", ["3.13\n", "3.14.2\n", "pypy3.11\n", "# 3.9\n3.13\n"])
def test_a_version_that_is_allowed_passes(text: str) -> None:
    passes("python-versions-agree", {**repo(), ".python-version": text})


def test_the_files_of_other_managers() -> None:
    files = {**repo(), ".tool-versions": "nodejs 22.1.0\npython 3.12.4\n", "runtime.txt": "python-3.11.9\n"}
    flags("python-versions-agree", files, ".tool-versions:2 Python 3.12.4", "runtime.txt:1 Python 3.11.9")


@pytest.mark.parametrize("version", ["'3.13'", "3.14", "${{ matrix.python }}", "'3.x'", "'>=3.10'"])
def test_a_job_that_is_allowed_passes(version: str) -> None:
    passes("python-versions-agree", job(version))


def test_a_job_on_an_older_one() -> None:
    flags(
        "python-versions-agree", job("3.12"), ".github/workflows/ci.yml:6 that of the job test is Python 3.12"
    )


def test_a_job_without_the_project_passes() -> None:
    passes("python-versions-agree", job("3.9", "mkdocs build"))


@pytest.mark.parametrize(
    "tools",
    [
        '[tool.mypy]\npython_version = "3.13"\n',
        '[tool.black]\ntarget-version = ["py312", "py313"]\n',
        '[tool.ruff]\ntarget-version = "py314"\n',
    ],
)
def test_tools_that_agree_pass(tools: str) -> None:
    passes("python-versions-agree", repo(tools))


@pytest.mark.parametrize(
    ("tools", "wanted"),
    [
        ('[tool.mypy]\npython_version = "3.11"\n', "mypy's python_version is Python 3.11"),
        ('[tool.black]\ntarget-version = ["py38"]\n', "black's target_version is Python 3.8"),
        ('[tool.ruff]\ntarget-version = "py310"\n', "ruff's target_version is Python 3.10"),
    ],
)
def test_tools_for_an_older_one(tools: str, wanted: str) -> None:
    flags("python-versions-agree", repo(tools), f"pyproject.toml:5 {wanted}")


def image(tag: str) -> dict[str, str]:
    return {**repo(), "Dockerfile": f'FROM python:{tag}\nCMD ["gunicorn", "config.wsgi"]\n'}


@pytest.mark.parametrize(
    "tag", ["3.13-slim", "3.14.1", "3", "3.11"]
)  # too old for the standard is another rule's
def test_an_image_that_is_allowed_or_not_told_passes(tag: str) -> None:
    passes("python-versions-agree", image(tag))


def test_an_image_that_is_too_new() -> None:
    flags("python-versions-agree", image("3.15-slim"), "Dockerfile:1 that of the image python:3.15-slim")


def test_no_constraint_is_not_known() -> None:
    passes("python-versions-agree", {"requirements.txt": "django\n", ".python-version": "3.9\n"})
