"""readme."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("README.md", new="# My Project\n\nStart: `docker compose up`\n")

PROSE = "A shop that sells what people order, and tells them when it is on its way. " * 3


@pytest.mark.parametrize("path", ["README.md", "readme.md", "Readme.MD", ".github/README.md"])
def test_one_that_says_something(path: str) -> None:
    passes("readme", {path: f"# Shop\n\n{PROSE}"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Shop\n",
        f"# Shop\n<!-- {PROSE} -->\n",
        f"# {PROSE}\n",
        f"# Shop\n```\n{PROSE}\n```\n",
        f"![b](https://{'x' * 200})\n",
    ],
)
def test_a_stub(text: str) -> None:
    flags("readme", {"README.md": text}, "README.md characters of prose")


def test_a_short_one_that_leads_on() -> None:
    passes("readme", {"README.md": "# Shop\n\nSee [docs](docs/index.md).\n"})


def test_none() -> None:
    finding = findings("readme", {"apps/README.md": PROSE})[0]
    assert (str(finding.where), finding.fact) == ("the project", "there is no README.md")


def test_one_in_another_language() -> None:
    flags("readme", {"README.rst": PROSE}, "README.rst README.rst is not in Markdown")
