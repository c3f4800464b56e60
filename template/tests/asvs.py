"""The map of OWASP's ASVS: what each of its rows asks, and the tests, document or reason that answers it.

It follows from ``docs/security/asvs.toml`` and from the marks of the tests, which are only collected, so that
no service has to run. To write it anew:

    python -m tests.asvs > docs/security/asvs.md
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

BASE_DIR = Path(__file__).resolve().parents[1]
FOLDER = BASE_DIR / "docs" / "security"
PAGE = FOLDER / "asvs.md"
ANSWERS = {
    "tests": "a test that goes red without it",
    "document": "a document",
    "yours": "left to you",
    "not_applicable": "not applicable",
}
"""The ways to answer a row, and what they are called."""
HEAD = """# OWASP ASVS 5.0.0, levels 1 and 2

What each requirement of the
[Application Security Verification Standard](https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en) asks, in words
of our own, and what answers it here. The standard's own text, by its number, is what counts.
"""
FOOT = """
This page is made of [asvs.toml](asvs.toml) and of the tests' marks, `@pytest.mark.asvs("6.2.1")`, by
`python -m tests.asvs > docs/security/asvs.md`; a test compares them. The standard is OWASP's, under
CC BY-SA 4.0: none of its text stands here.
"""

Tests = Mapping[str, Mapping[Path, set[str]]]
"""The names of the tests that a row is marked on, by their files."""


class Marks:
    """A plug-in of pytest, which notes the marks of the tests that it finds."""

    def __init__(self) -> None:
        """Know of none yet."""
        self.tests: dict[str, dict[Path, set[str]]] = defaultdict(lambda: defaultdict(set))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note them."""
        for item in session.items:
            name = item.name.partition("[")[0]
            for mark in item.iter_markers("asvs"):
                for row in mark.args:
                    self.tests[row][item.path.relative_to(BASE_DIR)].add(name)


def collect() -> Tests:
    """Find the marks of all tests; none of them is run."""
    marks = Marks()
    with redirect_stdout(sys.stderr):
        status = pytest.main(["--collect-only", "-qq", "-p", "no:cacheprovider"], [marks])
    if status != pytest.ExitCode.OK:
        raise SystemExit(status)
    return marks.tests


@dataclass(frozen=True)
class Row:
    """One requirement.

    Attributes:
        number: The standard's, such as 6.2.1.
        level: 1 or 2.
        asks: What it asks.
        answer: One of `ANSWERS`; empty where there is none.
        how: The answer, as the page has it.
    """

    number: str
    level: int
    asks: str
    answer: str
    how: str

    def __str__(self) -> str:
        """Return its line of the page."""
        return f"| {self.number} | {self.level} | {self.asks} | {self.how} |"


def data() -> dict[str, Any]:
    """Read what is known of each row without the tests."""
    return tomllib.loads((FOLDER / "asvs.toml").read_text(encoding="utf-8"))


def rows(tests: Tests) -> list[Row]:
    """Return all rows, each with its answer: tests before all else, then what the data say."""
    return [
        Row(number, about["level"], about["asks"], *_answer(about, tests.get(number, {})))
        for number, about in data().items()
        if number != "chapters"
    ]


def page(tests: Tests) -> str:
    """Return the whole page."""
    found = rows(tests)
    counts = Counter(row.answer for row in found)
    lines = [HEAD, "| answered by | rows |", "|---|---|"]
    lines += [f"| {words} | {counts[answer]} |" for answer, words in ANSWERS.items()]
    lines += [f"| all | {len(found)} |"]
    for chapter, name in data()["chapters"].items():
        lines += ["", f"## V{chapter} {name}", "", "| | level | asked | answered by |", "|---|---|---|---|"]
        lines += [str(row) for row in found if row.number.startswith(f"{chapter}.")]
    return "\n".join([*lines, FOOT])


def faults(tests: Tests) -> Iterator[str]:
    """Yield what is wrong with the data and the marks."""
    known = data()
    yield from (f"{number} is marked on a test, and no row" for number in tests.keys() - known.keys())
    for row in rows(tests):
        about = known[row.number]
        own = about.keys() & ANSWERS.keys()
        if not row.answer:
            yield f"{row.number} ({row.asks}) has no answer: neither a test nor a word in asvs.toml"
        if row.answer == "tests" and own or len(own) > 1:
            yield f"{row.number} has several answers: {row.answer}, {', '.join(own)}"
        if "document" in own and "otherwise" not in about and not _is_there(about["document"]):
            yield f"{row.number} names {about['document']}, which is not there"


def _answer(about: Mapping[str, Any], tests: Mapping[Path, set[str]]) -> tuple[str, str]:
    if tests:
        places = "; ".join(f"{_link(path)}: {_names(names)}" for path, names in sorted(tests.items()))
        return "tests", f"{places}. {about.get('note', '')}".rstrip()
    for answers in (about, about.get("otherwise", {})):
        if "document" in answers and _is_there(answers["document"]):
            return "document", _link(answers["document"])
        if "not_applicable" in answers:
            return "not_applicable", f"Not applicable. {answers['not_applicable']}"
        if "yours" in answers:
            return "yours", f"**Yours.** {answers['yours']}"
    return "", ""


def _names(names: set[str]) -> str:
    return ", ".join(f"`{name.removeprefix('test_')}`" for name in sorted(names))


def _link(target: Path | str) -> str:
    return f"[{target}](../../{target})"


def _is_there(document: str) -> bool:
    """Tell whether a file exists, and the heading in it that is named after a `#`."""
    path, _, heading = document.partition("#")
    file = BASE_DIR / path
    if not (heading and file.exists()):
        return file.exists()
    titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return heading in {title.lower().replace(" ", "-") for title in titles}


if __name__ == "__main__":
    sys.stdout.write(page(collect()))
