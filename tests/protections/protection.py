"""A safeguard of the template, and what notices when it is not there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Protection:
    """A safeguard of the template.

    Attributes:
        what: What is missing without it.
        path: The file that has it.
        safe: What stands there, once.
        unsafe: What stands there without it.
        tests: What notices: arguments of pytest, parted by blanks.
    """

    what: str
    path: str
    safe: str
    unsafe: str
    tests: str
