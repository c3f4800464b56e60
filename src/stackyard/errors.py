"""The error that a user can put right."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can put right: shown without a traceback, and ends with its own exit code."""

    def __init__(self, wanted: str, *, found: str, where: str, remedy: str, exit_code: int = 2) -> None:
        """Say what stands in the way.

        Args:
            wanted: What was being done or looked for.
            found: What is there instead.
            where: The file, folder or address in question.
            remedy: What to do about it.
            exit_code: The status that the tool ends with.
        """
        super().__init__(f"{wanted}: {found} ({where}). {remedy}")
        self.wanted = wanted
        self.found = found
        self.where = where
        self.remedy = remedy
        self.exit_code = exit_code
