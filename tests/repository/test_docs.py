"""The documentation: what it links to is there, and the commands that it names exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template"
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *TEMPLATE.glob("*.md"),
    *(TEMPLATE / "docs").rglob("*.md"),
]

pytestmark = pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page,
            id=str(page.relative_to(ROOT)),
            marks=[pytest.mark.proves("readme")] if page.name == "README.md" else [],
        )
        for page in PAGES
    ],
)


def tokens_of(page: Path) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or []


def test_a_page_has_one_title_and_links_that_lead_somewhere(page: Path) -> None:
    tokens = list(tokens_of(page))
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    broken = [
        link for link in links if "://" not in link and not (page.parent / link.partition("#")[0]).exists()
    ]

    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
    assert broken == []


def test_make_has_every_goal_that_a_page_names(page: Path) -> None:
    goals = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = [
        token.content for token in tokens_of(page) if token.type in {"code_inline", "code_block", "fence"}
    ]
    named = {
        goal
        for text in code
        for line in re.findall(r"^\s*make ([a-z ]+)", text, re.MULTILINE)
        for goal in line.split()
    }

    assert named <= goals
