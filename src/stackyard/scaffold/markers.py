"""Marker comments: which lines of the living template belong to which capability.

Two forms, in whatever comment syntax the file has::

    from stack.redis.settings import *  # stack: redis     keeps its line if `redis`
    # stack: if celery and redis                           keeps what follows, up to its end
    # stack: end

An expression is flags joined by `and` and `or`; `and` binds tighter. There is no `else` and no `not`: every
line is valid in the living project, where all flags are on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from stackyard.errors import UserError

_WORD = "stack:"
_MARKER = re.compile(
    r"(?P<code>.*?)[ \t]*(?:\#|//|/\*|<!--|\{\#)[ \t]*stack:[ \t]*(?P<text>.*?)[ \t]*(?:\*/|-->|\#\})?[ \t]*$"
)
_FLAG = re.compile(r"[a-z][a-z0-9_]*")


class _Block(NamedTuple):
    """An `if` that waits for its `end`."""

    line: int
    kept: bool


class _Output:
    """The lines that are kept, without a hole where others were cut."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._blank_runs: list[int] | None = None

    def cut(self) -> None:
        """Note that lines were left out here."""
        runs = self._blank_runs = self._blank_runs or []
        runs.append(self._trailing_blanks() - sum(runs))

    def add(self, line: str) -> None:
        """Keep a line; before the first one with text after a cut, close the hole."""
        if self._blank_runs is not None and line.strip():
            self._close(at_end=False)
        self.lines.append(line)

    def finish(self) -> None:
        """Close a hole at the end."""
        if self._blank_runs is not None:
            self._close(at_end=True)

    def _close(self, *, at_end: bool) -> None:
        """Leave as many blank lines as the longest run around the cuts had; none at an end of the file."""
        blanks = self._trailing_blanks()
        runs = [*(self._blank_runs or []), blanks - sum(self._blank_runs or [])]
        self._blank_runs = None
        at_edge = at_end or blanks == len(self.lines)
        surplus = blanks - (0 if at_edge else max(runs))
        if surplus:
            del self.lines[-surplus:]

    def _trailing_blanks(self) -> int:
        count = 0
        for line in reversed(self.lines):
            if line.strip():
                break
            count += 1
        return count


def marker_lines(text: str) -> list[int]:
    """Give the numbers of the lines that carry a marker, from 1."""
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if _WORD in line and _MARKER.match(line)
    ]


def cut(text: str, path: str, flags: Mapping[str, bool]) -> str:
    """Cut a file down to what the flags keep, and take every marker out.

    Args:
        text: The file's text.
        path: Its name, for errors.
        flags: Every flag that a marker may name, and whether it is on.

    Returns:
        The lines that are kept, in their order. Where lines were cut, the longest of the runs of blank lines
        around them stays.

    Raises:
        UserError: A marker is unknown or unbalanced, or stands where it can't.
    """
    if _WORD not in text:
        return text
    output = _Output()
    blocks: list[_Block] = []
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        marker = _MARKER.match(line) if _WORD in line else None
        kept = all(block.kept for block in blocks)
        if marker is None:
            if kept:
                output.add(line)
            continue
        code, words = marker["code"], marker["text"]
        where = f"{path}:{number}"
        _check_place(words, code, where)
        if words == "end":
            if not blocks:
                raise _fault(where, words, "no `stack: if` that it ends", "Take it out, or add its `if`.")
            if not blocks.pop().kept:
                output.cut()
        elif words.startswith("if "):
            blocks.append(_Block(number, _holds(words[3:], where, flags)))
        elif _holds(words, where, flags) and kept:
            output.add(code + line[len(line.rstrip("\r\n")) :])
        elif kept:
            output.cut()
    if blocks:
        raise _fault(f"{path}:{blocks[-1].line}", "if", "no `stack: end` for it", "Add the end.")
    output.finish()
    return "".join(output.lines)


def _check_place(words: str, code: str, where: str) -> None:
    is_block = words == "end" or words.startswith("if ")
    if is_block and code.strip():
        raise _fault(where, words, "code before it", "Give the marker a line of its own.")
    if not is_block and not code.strip():
        raise _fault(where, words, "no code before it", "Write `stack: if …` and `stack: end`.")


def _holds(expression: str, where: str, flags: Mapping[str, bool]) -> bool:
    """Evaluate an expression. All its flags are looked up: a misspelt one is found whatever the answers."""
    alternatives = [
        [_value(word.strip(), expression, where, flags) for word in re.split(r"\band\b", alternative)]
        for alternative in re.split(r"\bor\b", expression)
    ]
    return any(all(values) for values in alternatives)


def _value(word: str, expression: str, where: str, flags: Mapping[str, bool]) -> bool:
    if not _FLAG.fullmatch(word):
        raise _fault(where, expression, f"{word!r}, which is no flag", "Join flags by `and` and `or`.")
    if word not in flags:
        raise _fault(where, expression, f"the unknown flag {word}", f"Known are: {_listed(flags)}.")
    return flags[word]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _fault(where: str, marker: str, found: str, remedy: str) -> UserError:
    return UserError(f"The marker `stack: {marker}`", found=found, where=where, remedy=remedy, exit_code=2)
