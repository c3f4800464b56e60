"""Names of packages."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[-_.]+")


def normalized(name: str) -> str:
    """Write a package's name as PEP 503 does.

    `packaging.utils` has the same; it loads what tells platforms apart with it, for longer than a rule takes.
    """
    return _SEPARATORS.sub("-", name).lower()
