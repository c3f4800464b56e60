"""The list of a project's variables, `.env.example`, cut down to those that something in the project reads.

It needs no markers: what reads a variable goes with its capability, and the variable goes with what reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from itertools import groupby

EXAMPLE = ".env.example"

_VARIABLE = re.compile(r"(?:# ?)?([A-Z][A-Z0-9_]*)=")
_NAME = re.compile(r"[A-Z][A-Z0-9_]+")
_NO_READER = re.compile(r"(^|/)tests/|\.md$|\.lock$|^\.env\.example$")


def names_read(files: Iterable[tuple[str, bytes]]) -> Set[str]:
    """Give the names that a project's code and configuration mention; its tests and texts read nothing.

    Args:
        files: Each path in the project, and what the file has.
    """
    names: set[str] = set()
    for path, content in files:
        if not _NO_READER.search(path):
            names.update(_NAME.findall(content.decode(errors="replace")))
    return names


def cut(text: str, names: Set[str]) -> str:
    """Leave out the variables that nothing reads, and the comments on them alone.

    A comment is on the variables that follow it, up to the next comment or empty line.

    Args:
        text: What `.env.example` has.
        names: The variables that are read.
    """
    paragraphs = []
    for is_blank, lines in groupby(text.splitlines(), key=lambda line: not line.strip()):
        if not is_blank and (kept := _paragraph(list(lines), names)):
            paragraphs.append("\n".join(kept))
    return "\n\n".join(paragraphs) + "\n"


def _paragraph(lines: list[str], names: Set[str]) -> list[str]:
    kept: list[str] = []
    comment: list[str] = []
    for is_comment, run in groupby(lines, key=lambda line: _variable(line) is None):
        if is_comment:
            comment = list(run)
            continue
        if read := [line for line in run if _variable(line) in names]:
            kept += [*comment, *read]
        comment = []
    return kept + comment


def _variable(line: str) -> str | None:
    match = _VARIABLE.match(line)
    return match[1] if match else None
