"""What becomes of poetry.lock when the packages that a project needs change.

A lock that the user has changed is never replaced, and none is ever mixed of two: half of each is no lock.
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Mapping

from stackyard.lock.hashing import content_hash
from stackyard.scaffold.extension import LOCK, MANIFEST
from stackyard.scaffold.merge import Merge
from stackyard.scaffold.render import File


class Locking(enum.Enum):
    """What becomes of the lock."""

    SAME = enum.auto()
    """It stays as it is, and is right."""
    NEW = enum.auto()
    """It is the template's."""
    STALE = enum.auto()
    """It stays as it is; Poetry has to lock the user's packages with the template's."""


def decide(
    old: Mapping[str, File], ours: Mapping[str, File], new: Mapping[str, File], merged: Merge
) -> Locking:
    """Say what becomes of the lock.

    Args:
        old: What the project was made of.
        ours: What it has.
        new: What it is to be made of.
        merged: What becomes of it.
    """
    if LOCK not in ours and LOCK in old:
        return Locking.SAME  # the user does without
    wanted = None if MANIFEST in merged.conflicts else _packages(merged.files.get(MANIFEST))
    if wanted is None:
        return Locking.STALE
    if wanted == _packages(new.get(MANIFEST)) and ours.get(LOCK) == old.get(LOCK):
        return Locking.SAME if old.get(LOCK) == new.get(LOCK) else Locking.NEW
    return Locking.SAME if wanted == _packages(ours.get(MANIFEST)) else Locking.STALE


def _packages(manifest: File | None) -> str | None:
    """Give Poetry's hash of what a lock is made of; None where that can't be read."""
    if manifest is None:
        return None
    try:
        return content_hash(tomllib.loads(manifest.content.decode()))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
