"""Reading markers without Poetry's grammar, which takes 60 ms to load, where they are as simple as most."""

from __future__ import annotations

import re

from poetry.core.version.markers import BaseMarker, MultiMarker, SingleMarker, parse_marker, union

_SINGLE = r'\w+ [<>=!~]+ "[^" ]*"'
_SIMPLE = re.compile(rf"{_SINGLE}(?: (?:and|or) {_SINGLE})*")


def read_marker(text: str) -> BaseMarker:
    """Read a marker as `poetry.core.version.markers.parse_marker` does."""
    if not _SIMPLE.fullmatch(text):
        return parse_marker(text)
    groups = [[*map(_single, alternative.split(" and "))] for alternative in text.split(" or ")]
    return union(*(MultiMarker(*group) if len(group) > 1 else group[0] for group in groups))


def _single(text: str) -> BaseMarker:
    variable, operator, value = text.split(" ", 2)
    return SingleMarker(variable, f"{operator} {value[1:-1]}")
