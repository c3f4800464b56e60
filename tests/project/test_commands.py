"""Commands of shells, and those that they wrap."""

import pytest

from stackyard.formats.place import Line, Place
from stackyard.project.commands import commands, plain


def programs(text: str) -> list[str]:
    return [command.program for command in commands(Line(text, Place("x", 1)))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pytest -q", "pytest"),
        ("/opt/venv/bin/pytest", "pytest"),
        ("poetry run pytest", "pytest"),
        ("poetry -C backend run pytest", "pytest"),
        ("A=1 B='x y' sudo -E pytest", "pytest"),
        ("python -X dev -m pytest", "pytest"),
        ("python3.13 manage.py test", "manage.py"),
        ("coverage run --rcfile x -m pytest", "pytest"),
        ("docker compose -f a.yml run --rm -e A=1 web pytest", "pytest"),
        ('sh -c "cd app && pytest"', "pytest"),
        ("true && (pytest || false)", "pytest"),
        ("if pytest; then echo ok; fi", "pytest"),
        ("find . -name '*.py' | xargs pytest", "pytest"),
        ("$(POETRY) run pytest", "pytest"),
        ("bash scripts/test.sh", "test.sh"),
    ],
)
def test_what_is_run(text: str, wanted: str) -> None:
    assert wanted in programs(text.replace("$(POETRY)", "$POETRY"))


@pytest.mark.parametrize(
    "text",
    [
        "pip install pytest",
        "echo 'run pytest'",
        "cat pytest.ini",
        "true # pytest",
        "# pytest",
        "isort --profile pytest .",
    ],
)
def test_what_is_not(text: str) -> None:
    assert "pytest" not in programs(text)


def test_a_quote_over_several_lines_is_no_end() -> None:
    assert "pytest" in programs('bash -c "set -e\npytest -q\n"')


def test_lines_of_a_file_keep_their_numbers() -> None:
    text = "#!/bin/sh\napt-get \\\n    update  # first\n\npytest \\\n    -q\n"
    found = [(command.program, command.where.line) for command in commands(Line(text, Place("run.sh")))]
    assert found == [("apt-get", 2), ("pytest", 5)]


def test_comments_go_and_quotes_stay() -> None:
    assert plain("echo '# kept' # gone\n#gone\na#kept\n") == "echo '# kept' \n\na#kept"


def test_an_endless_line_is_cut() -> None:
    assert len(programs("docker " + "a " * 300_000)) <= 200
