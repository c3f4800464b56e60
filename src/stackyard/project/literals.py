"""Which texts have a pattern: to look for a plain word takes a hundredth of a pattern's time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from re import _parser  # type: ignore[attr-defined]  # what `re.compile` itself parses with
from typing import Any

from stackyard.formats.kept import Kept

_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_SHORT = 3  # characters: a shorter word is nearly everywhere
_COMMON = {"from", "import", "class", "return", "settings"}  # and so are these


def having(texts: Iterable[tuple[str, str]], pattern: re.Pattern[str]) -> Iterator[str]:
    """Give which texts have a pattern; of a text that other projects have, too, it is known.

    Args:
        texts: Each after its name.
        pattern: What to find.

    Yields:
        The names of those that have it, in their order.
    """
    key = (pattern.pattern, pattern.flags)
    words = _words(*key)
    for name, text in texts:
        for word in words:  # a generator takes as long as the look itself
            if word in text:
                break
        else:
            if words:
                continue
        known = _KNOWN(text)
        if key not in known:
            known[key] = pattern.search(text) is not None
        if known[key]:
            yield name


def _nothing(_: str) -> dict[tuple[str, int], bool]:
    return {}


_KNOWN = Kept(_nothing, 1 << 22)


@lru_cache(maxsize=512)
def _words(pattern: str, flags: int) -> frozenset[str]:
    """Give words of which any match has at least one; none where there are no such words."""
    parsed = _parser.parse(pattern, flags)
    return frozenset() if parsed.state.flags & re.IGNORECASE else _of(parsed)


def _of(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Give the words of a sequence: the part of it whose shortest word is the longest."""
    best: frozenset[str] = frozenset()
    run = ""
    for op, argument in [*parsed, (None, None)]:
        name = str(op)
        if name == "LITERAL":
            run += chr(argument)
            continue
        best, before, run = _better(best, frozenset({run})), run, ""
        if name == "BRANCH":
            branches = [_of(branch) for branch in argument[1]]
            best = _better(best, frozenset().union(*branches) if all(branches) else frozenset())
            best = _better(best, frozenset(before + _start(branch) for branch in argument[1]))
        elif name == "SUBPATTERN" and not argument[1] & re.IGNORECASE:
            best = _better(best, _of(argument[-1]))
        elif name in _REPEATS and argument[0]:
            best = _better(best, _of(argument[2]))
            best = _better(
                best, frozenset({_start(argument[2]) * argument[0]} if len(argument[2]) == 1 else ())
            )
    return best


def _start(parsed: Iterable[tuple[Any, Any]]) -> str:
    """Give what a sequence begins with, as far as that is written out."""
    return "".join(
        chr(argument) for op, argument in takewhile(lambda part: str(part[0]) == "LITERAL", parsed)
    )


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    def worth(words: frozenset[str]) -> int:
        return min((0 if word.strip() in _COMMON else len(word) for word in words), default=0)

    return max(one, other, key=worth) if worth(max(one, other, key=worth)) >= _SHORT else frozenset()
