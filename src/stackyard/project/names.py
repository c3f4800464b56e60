"""Names of packages."""

from __future__ import annotations

from stackyard.formats.regexes import regex

_SEPARATORS = regex(r"[-_.]+")


def normalized(name: str) -> str:
    """Write a package's name as PEP 503 does.

    `packaging.utils` has the same; it loads what tells platforms apart with it, for longer than a rule takes.
    """
    return _SEPARATORS.sub("-", name).lower()
