"""Three trees into one, by Git's own merge: what both sides changed, each beside the other."""

from __future__ import annotations

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stackyard.scaffold.git import plain_git
from stackyard.scaffold.render import File

_THEIRS = "template"
_MARK = f"\n>>>>>>> {_THEIRS}/".encode()
_BASE, _OURS, _OTHER = 1, 2, 3  # Git's stages of an unmerged file
_SETTINGS = {
    "core.attributesFile": os.devnull,
    "core.autocrlf": "false",
    "core.fileMode": "true",
    "core.quotePath": "false",
    "merge.directoryRenames": "false",  # files of the user's own stay where they are
    "merge.renameLimit": "10000",
    "user.email": "stackyard@localhost",
    "user.name": "stackyard",
}


@dataclass(frozen=True)
class Merge:
    """What became of three trees.

    Attributes:
        files: The outcome.
        conflicts: Files that both changed in the same place; those of text have both, between marks.
        kept: Files that they have dropped, and we have changed: ours stay.
        gone: Files that we have dropped or renamed, and they have changed or renamed: they stay away.
    """

    files: dict[str, File]
    conflicts: list[str]
    kept: list[str]
    gone: list[str]


def merge(
    base: Mapping[str, File], ours: Mapping[str, File], theirs: Mapping[str, File], label: str
) -> Merge:
    """Bring what changed between base and theirs to ours.

    Args:
        base: What both come from.
        ours: What is changed.
        theirs: What the changes are taken from.
        label: What they are called in the marks of a conflict.

    Returns:
        The outcome.
    """
    with tempfile.TemporaryDirectory(prefix="stackyard-merge-") as place:
        folder = Path(place)
        branch = f"{_THEIRS}/{re.sub(r'[^A-Za-z0-9+_-]+', '-', label).strip('-')}"
        trees = {"base": base, "ours": ours, branch: theirs}
        _import(folder, trees)
        _git(folder, "checkout", "--quiet", "ours")
        _git(folder, "merge", "--quiet", "--no-commit", "--no-ff", branch, fine=(0, 1))
        return _outcome(folder)


def difference(old: Mapping[str, File], new: Mapping[str, File]) -> bytes:
    """Give the unified diff of two trees."""
    with tempfile.TemporaryDirectory(prefix="stackyard-diff-") as place:
        folder = Path(place)
        _import(folder, {"old": old, "new": new})
        return _git(folder, "diff", "--no-color", "--no-ext-diff", "--no-renames", "old", "new")


def _git(folder: Path, *arguments: str, stdin: bytes = b"", fine: tuple[int, ...] = (0,)) -> bytes:
    settings = (word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}"))
    return plain_git(folder, *settings, *arguments, stdin=stdin, fine=fine)


def _import(folder: Path, trees: Mapping[str, Mapping[str, File]]) -> None:
    """Make a repository with a branch for each tree; the others come from the first."""
    _git(folder, "init", "--quiet", "--template=", "--initial-branch=nothing")
    attributes = folder / ".git" / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    # What the trees' own attributes ask for would change bytes, or merge by another program.
    attributes.write_text(
        "* !diff !eol !filter !ident !merge !text !working-tree-encoding\n", encoding="ascii"
    )
    stream: list[bytes] = []
    first = ""
    for name, files in trees.items():
        stream.append(f"commit refs/heads/{name}\ncommitter stackyard <> 0 +0000\ndata 0\n".encode())
        if first:
            stream.append(f"from refs/heads/{first}\ndeleteall\n".encode())
        first = first or name
        for path, file in files.items():
            mode = b"100755" if file.executable else b"100644"
            stream.append(b"M %s inline %s\ndata %d\n" % (mode, _quoted(path), len(file.content)))
            stream.append(file.content + b"\n")
    _git(folder, "fast-import", "--quiet", stdin=b"".join(stream))


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"%s"' % os.fsencode(escaped)


def _outcome(folder: Path) -> Merge:
    stages = defaultdict[str, set[int]](set)
    for entry in _listed(folder, "--unmerged"):
        facts, _, path = entry.partition("\t")
        stages[path].add(int(facts.split()[2]))
    # Theirs alone: their new name for a file that has another of ours, which stays, with both sides' lines.
    gone = [path for path, sides in stages.items() if sides in ({_BASE, _OTHER}, {_OTHER})]
    kept = [path for path, sides in stages.items() if sides == {_BASE, _OURS}]
    files = {}
    for path in _listed(folder):
        source = folder / path
        if path not in gone and path not in files and source.is_file():
            with source.open("rb") as stream:
                files[path] = File(stream.read(), bool(os.fstat(stream.fileno()).st_mode & 0o100))
    conflicts = sorted(
        path
        for path, sides in stages.items()
        if path in files and path not in kept and (sides != {_OURS} or _MARK in files[path].content)
    )
    return Merge(files, conflicts, sorted(kept), sorted(gone))


def _listed(folder: Path, *options: str) -> list[str]:
    return [entry for entry in os.fsdecode(_git(folder, "ls-files", "-z", *options)).split("\0") if entry]
