"""Changes to a folder that come about whole or not at all, also when whoever makes them is killed.

What is to change is written down first, in a journal that appears at one instant. Then it is carried out,
step by step; each step can be done twice. A journal that is found later is carried out to its end.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from stackyard.errors import UserError
from stackyard.scaffold.render import File

_STATE = ".stackyard"
_JOURNAL = "changes"
_MANIFEST = "manifest.json"


def create(folder: Path, files: Mapping[str, File]) -> None:
    """Make a folder that is not there yet, or is empty, with these files in it; it appears at one instant.

    Raises:
        UserError: It can't be made there.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as staging:
            root = Path(staging, folder.name)
            root.mkdir()
            for path, file in files.items():
                _write(root / path, file)
            os.rename(root, folder)
    except OSError as error:
        raise UserError(
            "A new folder",
            found=error.strerror or str(error),
            where=str(folder),
            remedy="Choose a place where you may write.",
        ) from error


def change(
    folder: Path, changes: Mapping[str, File | None], found: Mapping[str, File | None] | None = None
) -> list[str]:
    """Write files, and delete those that are None.

    Args:
        folder: The folder, which exists.
        changes: What each path is to hold afterwards.
        found: What each path held when the changes were made up; by default, what it holds now.

    Returns:
        The paths that were left alone, as somebody wrote to them at the same time.
    """
    state = folder / _STATE
    state.mkdir(exist_ok=True)
    ignore = state / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    staging = Path(tempfile.mkdtemp(prefix="changes-", dir=state))
    entries = []
    # What goes makes room first: a file may become a folder.
    for number, (path, file) in enumerate(sorted(changes.items(), key=lambda change: change[1] is not None)):
        before = digest(folder / path) if found is None else _digest_of(found[path])
        entries.append({"path": path, "before": before, "after": _digest_of(file)})
        if file is not None:
            _write(staging / str(number), file)
    _write(staging / _MANIFEST, File(json.dumps(entries).encode(), executable=False))
    os.rename(staging, state / _JOURNAL)
    return finish(folder)


def is_pending(folder: Path) -> bool:
    """Tell whether changes to a folder were interrupted."""
    return (folder / _STATE / _JOURNAL).is_dir()


def finish(folder: Path) -> list[str]:
    """Carry out the changes that are written down; nothing, if none are.

    Returns:
        The paths that were left alone, as somebody wrote to them since.
    """
    journal = folder / _STATE / _JOURNAL
    left: list[str] = []
    if not journal.is_dir():
        return left
    for number, entry in enumerate(json.loads((journal / _MANIFEST).read_bytes())):
        try:
            is_done = _carry_out(folder, journal / str(number), entry)
        except OSError:  # something else came to stand there
            is_done = False
        if not is_done:
            left.append(entry["path"])
    done = journal.with_name(f"{_JOURNAL}-done-{os.getpid()}")
    os.rename(journal, done)
    for leftover in (done, *folder.glob(f"{_STATE}/changes-*")):
        shutil.rmtree(leftover, ignore_errors=True)
    return left


def _carry_out(folder: Path, staged: Path, entry: Mapping[str, str | None]) -> bool:
    """Take one step, unless it was taken; tell whether nobody else had been there."""
    path = PurePosixPath(entry["path"] or "")
    if path.is_absolute() or not {"..", ".git"}.isdisjoint(path.parts):  # no journal of ours
        return False
    target = folder / path
    present = digest(target)
    if entry["after"] is None:
        if present not in (entry["before"], None):
            return False
        if present is not None:
            target.unlink()
        _prune(target.parent, folder)
    elif staged.exists():
        if present not in (entry["before"], entry["after"]):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged, target)
    return True


def digest(path: Path) -> str | None:
    """Give what tells a file's content from others; None where there is no file."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return _digest(path.read_bytes())
    return None


def _digest_of(file: File | None) -> str | None:
    return None if file is None else _digest(file.content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, file: File) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(file.content)
        if file.executable:
            mode = os.fstat(stream.fileno()).st_mode
            os.fchmod(stream.fileno(), mode | (mode & 0o444) >> 2)


def _prune(folder: Path, root: Path) -> None:
    """Remove the folders that a deletion left empty."""
    for parent in _below(folder, root):
        try:
            parent.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return


def _below(folder: Path, root: Path) -> Iterator[Path]:
    while folder != root:
        yield folder
        folder = folder.parent
