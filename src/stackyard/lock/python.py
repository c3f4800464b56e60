"""Which versions of Python a project runs on."""

from __future__ import annotations

from poetry.core.constraints.version import VersionConstraint, parse_marker_version_constraint

_ANY_PYTHON = "~2.7 || >=3.4"  # what Poetry takes `*` for


def pythons(text: str) -> VersionConstraint:
    """Read which versions of Python a project runs on."""
    return parse_marker_version_constraint(_ANY_PYTHON if text == "*" else text)
