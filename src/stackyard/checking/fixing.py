"""Putting right what is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from stackyard.checking.result import Report, Result, State
from stackyard.errors import UserError
from stackyard.rule import Edit

ROUNDS = 10
"""So many times it is looked again: what puts one finding right may bring another to light."""


def fix(root: Path, look: Callable[[], Report]) -> tuple[Report, list[Result]]:
    """Put right what is certain, until nothing of that kind is left.

    Args:
        root: The project's folder.
        look: Checks it.

    Returns:
        What is found afterwards, and what was put right.

    Raises:
        UserError: A file cannot be written.
    """
    fixed: list[Result] = []
    report = look()
    for _ in range(ROUNDS):
        done = [item for item in report.of(State.OPEN) if item.edits and _apply(root, item.edits)]
        if not done:
            break
        fixed += done
        report = look()
    return report, fixed


def _apply(root: Path, edits: Iterable[Edit]) -> bool:
    """Make some edits, or none of them where one has no place any more; say whether they were made."""
    texts: dict[str, str] = {}
    for edit in edits:
        path = root / edit.path
        if not path.resolve().is_relative_to(root.resolve()) or path.is_symlink():
            return False
        before = texts.get(edit.path)
        if before is None:
            before = _text(path)
        after = edited(before, edit)
        if after is None:
            return False
        texts[edit.path] = after
    for name, text in texts.items():
        _write(root / name, text)
    return bool(texts)


def edited(text: str, edit: Edit) -> str | None:
    """Make an edit in a text; None if it has no place in it."""
    if not edit.old:
        between = "" if not text or text.endswith("\n") else "\n"
        return f"{text}{between}{edit.new}"
    start = 0
    for _ in range(edit.line - 1):
        start = text.find("\n", start) + 1
        if not start:
            return None
    found = text.find(edit.old, start)
    return None if found < 0 else f"{text[:found]}{edit.new}{text[found + len(edit.old) :]}"


def _text(path: Path) -> str:
    try:
        # Line ends stay as they are.
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise _error(path, error) from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise _error(path, error) from error


def _error(path: Path, error: Exception) -> UserError:
    return UserError(
        "A file to put right", found=str(error), where=str(path), remedy="Look at it, and try again."
    )
