"""readme-says-how."""

import pytest

from tests.rules.repo import Break, flags, passes

PROSE = "A shop that sells what people order, and tells them when it is on its way. " * 3
BREAK = Break("README.md", new=f"# My Project\n\n{PROSE}\n")


@pytest.mark.parametrize(
    "text",
    [
        "    docker compose up",
        "`docker-compose up -d`",
        "```\npython manage.py runserver\n```",
        "Run `make start`.",
        "$ bin/dev",
        "./run.sh",
        "See [how to install it](docs/install.md).",
        "See [CONTRIBUTING](CONTRIBUTING.md).",
    ],
)
def test_it_says_how(text: str) -> None:
    passes("readme-says-how", {"README.md": f"# Shop\n\n{PROSE}\n\n{text}\n"})


def test_it_does_not() -> None:
    flags("readme-says-how", {"README.md": f"# Shop\n\n{PROSE}\n"}, "README.md no command that starts")


@pytest.mark.parametrize("files", [{}, {"README.md": "# Shop\n"}])
def test_none_and_stubs_are_another_rules(files: dict[str, str]) -> None:
    passes("readme-says-how", files)
