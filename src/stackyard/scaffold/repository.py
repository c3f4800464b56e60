"""The user's repository: whether it may be changed now, and what is in it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from stackyard.errors import UserError
from stackyard.scaffold.git import git
from stackyard.scaffold.render import File

_OWN_LIMIT = 1 << 20  # bytes; what is larger was not made of a template


def require_clean(folder: Path) -> None:
    """Insist on a Git repository where everything is committed, so that what changes can be seen and undone.

    Raises:
        UserError: It is none, or something is not.
    """
    try:
        status = git(folder, "status", "--porcelain", "--untracked-files=all", "-z", "--", ".")
    except UserError as error:
        raise UserError(
            "A project in a Git repository, so that what changes can be seen and undone",
            found=error.found,
            where=str(folder),
            remedy="Make one: git init && git add --all && git commit",
        ) from error
    changed = [entry[3:] for entry in status.split("\0") if entry]
    if changed:
        raise UserError(
            "A project where everything is committed",
            found=f"changes in {', '.join(changed[:3])}{' …' if len(changed) > 3 else ''}",
            where=str(folder),
            remedy="Commit them first.",
        )


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others of us away from a project.

    Raises:
        UserError: Another one is at work there.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise UserError(
            "One change of a project at a time",
            found="another stackyard at work there",
            where=str(folder),
            remedy="Wait until it is done.",
        ) from error
    finally:
        os.close(descriptor)


def tracked(folder: Path) -> list[str]:
    """Name the files that Git tracks; none, where there is no repository."""
    try:
        listed = git(folder, "ls-files", "-z", "--", ".")
    except UserError:
        return []
    return sorted(set(filter(None, listed.split("\0"))))


def read_files(folder: Path, paths: Iterable[str]) -> dict[str, File]:
    """Read those that are files of the folder's own: no link, and not behind one."""
    files = {}
    for path in paths:
        if (file := _read(folder, path)) is not None:
            files[path] = file
    return files


def read_own(folder: Path, others: Iterable[str]) -> dict[str, File]:
    """Read what the user has added, as far as it could be a template's file under another name."""
    own = set(tracked(folder)).difference(others)
    small = (path for path in sorted(own) if _size(folder / path) <= _OWN_LIMIT)
    return read_files(folder, small)


def is_blocked(folder: Path, path: str, leaving: Iterable[str]) -> bool:
    """Tell whether something stands in a new file's way, such as a folder or a link.

    Args:
        folder: The project.
        path: The new file.
        leaving: The files that go at the same time.
    """
    target = folder / path
    if target.is_symlink() or target.is_dir():
        return True
    below = target.relative_to(folder).parents
    return any(
        (folder / parent).is_symlink() or ((folder / parent).is_file() and str(parent) not in leaving)
        for parent in below
    )


def _read(folder: Path, path: str) -> File | None:
    target = folder / path
    if any((folder / parent).is_symlink() for parent in (Path(path), *Path(path).parents[:-1])):
        return None
    try:
        with open(target, "rb") as stream:
            return File(stream.read(), bool(os.fstat(stream.fileno()).st_mode & 0o100))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
