"""Each protection that the threat model speaks of has the tests that it names."""

import re
from collections.abc import Iterator

from stack.environment import BASE_DIR

PAGE = BASE_DIR / "docs" / "security" / "threat-model.md"


def missing(text: str) -> Iterator[str]:
    """Yield the files that a text names and nobody has, and its rows of threats that name none."""
    for line in text.splitlines():
        named = re.findall(r"`([\w.-]+(?:/[\w.-]+)+)`", line)
        yield from (path for path in named if not (BASE_DIR / path).is_file())
        if re.match(r"\| [STRIDE] \|", line) and not named:
            yield line


def test_every_test_that_it_names_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert len(re.findall(r"^\| [STRIDE] \|", text, re.MULTILINE)) > 10
    assert not list(missing(text))


def test_one_that_is_not_is_found() -> None:
    unproven = "| S | a threat | a hope | |"

    assert list(missing(f"| S | a threat | a wall | `tests/test_wall.py` |\n{unproven}")) == [
        "tests/test_wall.py",
        unproven,
    ]
