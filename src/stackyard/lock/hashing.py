"""The hash by which Poetry knows that a lock was made for a pyproject.toml."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_LEGACY = ("dependencies", "source", "extras", "dev-dependencies")


def content_hash(data: Mapping[str, Any]) -> str:
    """Hash what a lock depends on.

    Poetry's rule (`poetry.packages.locker.Locker._get_content_hash`): where neither `[project]` nor
    `[dependency-groups]` says anything, what `[tool.poetry]` says stands alone, with null for the rest.

    Args:
        data: A pyproject.toml.
    """
    import hashlib  # pylint: disable=import-outside-toplevel  # OpenSSL, where there is a lock

    project, poetry = data.get("project", {}), data.get("tool", {}).get("poetry", {})
    relevant: dict[str, Any] = {}
    standard = ("requires-python", "dependencies", "optional-dependencies")
    if asked := {key: project[key] for key in standard if key in project}:
        relevant["project"] = asked
    if groups := data.get("dependency-groups"):
        relevant["dependency-groups"] = groups
    written = {key: poetry[key] for key in (*_LEGACY, "group") if key in poetry}
    if relevant:
        relevant["tool"] = {"poetry": written}
    else:
        relevant = dict.fromkeys(_LEGACY) | written
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()
