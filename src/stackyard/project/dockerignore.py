"""What Docker leaves out of a folder that it builds of."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from posixpath import join
from typing import TYPE_CHECKING

from stackyard.formats.place import UnreadableError
from stackyard.project.files import Files

if TYPE_CHECKING:
    from e2b_dockerfile_utils.dockerignore import PatternMatcher


@dataclass(frozen=True)
class Dockerignore:
    """A .dockerignore.

    Attributes:
        path: The file, relative to the project's folder.
        text: Its text.
        context: The folder that it is for, relative to the project's.
    """

    path: str
    text: str
    context: str

    @cached_property
    def _matcher(self) -> PatternMatcher:
        # When there is such a file.
        from e2b_dockerfile_utils.dockerignore import (  # pylint: disable=import-outside-toplevel
            PatternMatcher,
        )

        try:
            return PatternMatcher(self.text.splitlines())
        except ValueError as error:
            raise UnreadableError(f"not a .dockerignore: {error}") from error

    def leaves_out(self, path: str) -> bool:
        """Say whether it leaves out a path.

        Args:
            path: Relative to the project's folder.
        """
        with warnings.catch_warnings(action="ignore"):  # of a set in a set, when it is first asked
            return self._matcher.matches(path.removeprefix(f"{self.context}/") if self.context else path)


def find_dockerignore(files: Files, dockerfile: str, context: str) -> Dockerignore | None:
    """Find what is left out of a build; None without such a file.

    Args:
        files: The project's files.
        dockerfile: What is built by: BuildKit prefers the file that is named after it.
        context: The folder that is sent along.

    Raises:
        UnreadableError: Docker would not read it either.
    """
    for path in (
        f"{dockerfile}.dockerignore",
        join(context, ".dockerignore"),
        join(context, ".containerignore"),
    ):
        if path in files:
            found = Dockerignore(path, files.text(path), context)
            found.leaves_out("")
            return found
    return None
