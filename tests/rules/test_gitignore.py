"""gitignore."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(".gitignore", "__pycache__/\n")


@pytest.mark.parametrize("ignore", ["__pycache__/", "*.py[cod]", "**/__pycache__", "*.pyc"])
def test_it_leaves_them_out(ignore: str) -> None:
    passes("gitignore", {"manage.py": "", ".gitignore": f"{ignore}\n"})


def test_it_takes_them_in() -> None:
    flags(
        "gitignore",
        {"manage.py": "", ".gitignore": "# __pycache__/\n.venv/\n"},
        ".gitignore what Python compiles",
    )


def test_there_is_none() -> None:
    files = {"manage.py": ""}
    finding = findings("gitignore", files)[0]
    assert str(finding.where) == "the project" and "there is no .gitignore" in finding.fact
    files[".gitignore"] = edited("", finding.edits[0]) or ""
    passes("gitignore", files)


def test_no_python_no_leftovers() -> None:
    passes("gitignore", {"README.md": ""})
