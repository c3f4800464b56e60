"""What a project becomes when what it was made of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stackyard.scaffold import changes, repository
from stackyard.scaffold.extension import ANSWERS_FILE, LOCK
from stackyard.scaffold.locking import Locking, decide
from stackyard.scaffold.merge import merge
from stackyard.scaffold.render import File


@dataclass(frozen=True)
class Plan:
    """What is to change in a project.

    Attributes:
        changes: What the files that change are to hold; None for those that go.
        found: What they hold now; None for those that are not there.
        conflicts: Those that hold both sides' lines, or the user's alone where they are no text.
        kept: Files that the template has dropped, and the user has changed: they stay.
        gone: Files that the user has deleted, and the template has changed: they stay away.
        blocked: New files of the template that something of the user's is in the way of.
        locking: What becomes of poetry.lock.
    """

    changes: Mapping[str, File | None]
    found: Mapping[str, File | None]
    conflicts: list[str]
    kept: list[str]
    gone: list[str]
    blocked: list[str]
    locking: Locking

    def apply(self, folder: Path) -> list[str]:
        """Change the project, as a whole.

        Returns:
            The paths that were left alone, as somebody wrote to them since.
        """
        return changes.change(folder, self.changes, self.found)


def plan(folder: Path, old: Mapping[str, File], new: Mapping[str, File], label: str) -> Plan:
    """Say what is to change in a project, and write nothing.

    Args:
        folder: The project.
        old: What it was made of.
        new: What it is to be made of.
        label: What the changes are called in the marks of a conflict.
    """
    leaving = old.keys() - new.keys()
    blocked = {path for path in new if repository.is_blocked(folder, path, leaving)}
    ours = repository.read_files(folder, sorted(old.keys() | new.keys() - blocked))
    own = repository.read_own(folder, old.keys() | new.keys())
    apart = blocked | {ANSWERS_FILE, LOCK}
    merged = merge(_without(old, apart), _without(ours | own, apart), _without(new, apart), label)
    locking = decide(old, ours, new, merged)
    lock = (new if locking is Locking.NEW else ours).get(LOCK)
    outcome = {**merged.files, ANSWERS_FILE: new[ANSWERS_FILE], **({LOCK: lock} if lock else {})}
    present = ours | own
    paths = sorted(path for path in present.keys() | outcome.keys() if present.get(path) != outcome.get(path))
    return Plan(
        changes={path: outcome.get(path) for path in paths},
        found={path: present.get(path) for path in paths},
        conflicts=merged.conflicts,
        kept=merged.kept,
        gone=merged.gone,
        blocked=sorted(path for path in blocked if old.get(path) != new[path]),
        locking=locking,
    )


def _without(files: Mapping[str, File], paths: set[str]) -> dict[str, File]:
    return {path: file for path, file in files.items() if path not in paths}
