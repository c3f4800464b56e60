"""What constraints on versions take, as Poetry reads them."""

from __future__ import annotations

import re

from poetry.core.constraints.version import VersionRangeConstraint, VersionUnion, parse_constraint

from stackyard.lock.python import pythons


def is_bounded(constraint: str) -> bool:
    """Say whether a constraint takes no version from some newer one on; true where that cannot be told."""
    try:
        parsed = parse_constraint(constraint or "*")
    except ValueError:
        return True
    ranges = parsed.ranges if isinstance(parsed, VersionUnion) else [parsed]
    return all(isinstance(part, VersionRangeConstraint) and part.max is not None for part in ranges)


def takes_python(constraint: str, version: str) -> bool | None:
    """Say whether a constraint takes a Python, such as 3.13 or 3.13.5; None if it cannot be told."""
    if not re.fullmatch(r"\d+\.\d+(?:\.\d+)?", version):
        return None
    text = version if version.count(".") == 2 else f"~{version}"
    try:
        return pythons(constraint).allows_any(parse_constraint(text))
    except ValueError:
        return None
