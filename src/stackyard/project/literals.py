"""Which texts have a pattern: to look for a plain word takes a hundredth of a pattern's time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]  # what `re.compile` itself parses with
from typing import Any

from stackyard.formats.kept import Kept

_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_SHORT = 3  # characters: a shorter word is nearly everywhere
_COMMON = {"from", "import", "class", "return", "settings"}  # and so are these


def has(text: str, pattern: re.Pattern[str]) -> bool:
    """Say whether a text has a pattern; of a text that other projects have, too, it is known."""
    known = _KNOWN(text)
    key = (pattern.pattern, pattern.flags)
    if key not in known:
        known[key] = _may_have(text, pattern) and pattern.search(text) is not None
    return known[key]


def _nothing(_: str) -> dict[tuple[str, int], bool]:
    return {}


_KNOWN = Kept(_nothing, 1 << 22)


def _may_have(text: str, pattern: re.Pattern[str]) -> bool:
    """Say whether a text may have a pattern; no false alarm of its absence."""
    words = _words(pattern)
    for word in words:  # a generator takes as long as the look itself
        if word in text:
            return True
    return not words


@lru_cache(maxsize=512)
def _words(pattern: re.Pattern[str]) -> frozenset[str]:
    """Give words of which any match has at least one; none where there are no such words."""
    if pattern.flags & re.IGNORECASE:
        return frozenset()
    return _of(_parser.parse(pattern.pattern, pattern.flags))


def _of(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Give the words of a sequence: the part of it whose shortest word is the longest."""
    best: frozenset[str] = frozenset()
    run = ""
    for op, argument in [*parsed, (None, None)]:
        name = str(op)
        if name == "LITERAL":
            run += chr(argument)
            continue
        best, run = _better(best, frozenset({run})), ""
        if name == "BRANCH":
            branches = [_of(branch) for branch in argument[1]]
            best = _better(best, frozenset().union(*branches) if all(branches) else frozenset())
        elif name == "SUBPATTERN" and not argument[1] & re.IGNORECASE:
            best = _better(best, _of(argument[-1]))
        elif name in _REPEATS and argument[0]:
            best = _better(best, _of(argument[2]))
    return best


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    def worth(words: frozenset[str]) -> int:
        return min((0 if word.strip() in _COMMON else len(word) for word in words), default=0)

    return max(one, other, key=worth) if worth(max(one, other, key=worth)) >= _SHORT else frozenset()
