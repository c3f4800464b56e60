"""Regular expressions that are compiled when they are first looked for.

A check looks for two thirds of them, and each of its two processes for fewer: to compile all at the start
took twenty milliseconds.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Give what `re.compile` does, later; for module's constants, as an error comes later as well.

    Args:
        pattern: The regular expression.
        flags: Those of `re`.
    """
    return cast("re.Pattern[str]", _Regex(pattern, flags))


class _Regex:
    """A pattern that is compiled for the first of its methods."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:  # of its own from now on: this is not asked again
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)
