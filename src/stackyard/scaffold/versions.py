"""The versions of a template that a project was made of, and may be brought to."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from stackyard.errors import UserError
from stackyard.scaffold.git import git
from stackyard.scaffold.record import Record
from stackyard.scaffold.template import Template, describe, latest_release, release


@dataclass(frozen=True)
class Version:
    """A version of a template.

    Attributes:
        name: The tag, branch or commit that it was asked for by.
        commit: The commit.
    """

    name: str
    commit: str


@dataclass(frozen=True)
class Versions:
    """A template's repository, copied for as long as it is needed.

    Attributes:
        clone: The copy.
        place: A folder for what is checked out of it.
        source: Where it was copied from.
    """

    clone: Path
    place: Path
    source: str

    def find(self, name: str) -> Version:
        """Find a version.

        Raises:
            UserError: There is none of that name.
        """
        for candidate in (name, f"refs/remotes/origin/{name}"):
            with contextlib.suppress(UserError):
                found = git(
                    self.clone,
                    "rev-parse",
                    "--verify",
                    "--quiet",
                    "--end-of-options",
                    f"{candidate}^{{commit}}",
                )
                return Version(name, found.strip())
        tags = git(self.clone, "tag", "--sort=-version:refname").split()
        raise UserError(
            f"The version {name} of the template",
            found=f"only {', '.join(tags[:5])}{' …' if len(tags) > 5 else ''}" if tags else "no tags at all",
            where=self.source,
            remedy="Name one that is there.",
        )

    def latest(self) -> Version:
        """Give the latest release; where there is none, what the template's repository stands at."""
        return self.find(latest_release(self.clone) or "HEAD")

    def check_order(self, old: Version, new: Version) -> None:
        """Insist that a version is no older than another.

        Raises:
            UserError: It is.
        """
        is_ancestor = git(self.clone, "merge-base", old.commit, new.commit).strip() == new.commit
        releases = release(old.name), release(new.name)
        is_lower = releases[0] is not None and releases[1] is not None and releases[1] < releases[0]
        if old.commit != new.commit and (is_ancestor or is_lower):
            raise UserError(
                f"A version of the template after {old.name}, which the project was made of",
                found=f"{new.name}, which is older",
                where=self.source,
                remedy="Name a later one with --to; a project can't go back.",
            )

    def check_out(self, version: Version) -> Template:
        """Give a version's files."""
        folder = self.place / version.commit
        if not folder.exists():
            git(self.clone, "worktree", "add", "--quiet", "--detach", str(folder), version.commit)
        return Template(folder, self.source, describe(folder))

    def recorded(self, record: Record) -> Template:
        """Give the files that a project was made of, under the very name that it has written down."""
        return replace(self.check_out(self.find(record.commit)), commit=record.commit)


@contextlib.contextmanager
def versions(record: Record) -> Iterator[Versions]:
    """Copy the repository of the template that a project was made of.

    Raises:
        UserError: It is gone.
    """
    with tempfile.TemporaryDirectory(prefix="stackyard-template-") as place:
        clone = Path(place, "clone")
        source = record.source
        address = str(Path(source).expanduser()) if source.startswith("~") else source.removeprefix("git+")
        try:
            git(Path(place), "clone", "--quiet", "--no-checkout", "--", address, str(clone))
        except UserError as error:
            raise UserError(
                "The template that the project was made of",
                found=f"nothing that Git can copy: {error.found}",
                where=source,
                remedy=f"Say in {record.path.name} where it is now, after _src_path.",
            ) from error
        yield Versions(clone, Path(place), source)
