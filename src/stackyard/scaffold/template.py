"""Where the living template is: in this checkout, in the installed package, or wherever a user says."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from stackyard.errors import UserError
from stackyard.scaffold.git import git
from stackyard.scaffold.questions import Questionnaire

if TYPE_CHECKING:
    from packaging.version import Version

_PACKAGE = Path(__file__).parents[1]
_BUNDLED = _PACKAGE / "bundled"


@dataclass(frozen=True)
class Template:
    """A living template, and where it came from.

    Attributes:
        root: The folder with its copier.yml.
        source: What a project writes down to find it again: a path or a Git address; None if it has none.
        commit: The version: a tag, or the commit.
    """

    root: Path
    source: str | None
    commit: str | None

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """Its questions."""
        return Questionnaire(self.root / "copier.yml")

    @property
    def provenance(self) -> dict[str, str]:
        """What a project's answers say about it, by the names that Copier reads."""
        named = {"_commit": self.commit, "_src_path": self.source}
        return {name: value for name, value in named.items() if value}

    def files(self) -> list[str]:
        """Name the files of the living project, sorted, relative to its folder.

        In a Git checkout, those that Git tracks or would: what is ignored is no part of the project.
        """
        folder = self.root / self.questionnaire.subdirectory
        if (self.root / ".git").exists():
            listed = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            return sorted(name for name in set(listed.split("\0")) if name and (folder / name).is_file())
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def installed() -> Template:
    """Give the template that came with the tool.

    In a checkout of the tool, or where it was installed from one, it is what lies there, edits included; else
    it was packed with the tool, and its source is what the tool was installed from (PEP 610).
    """
    source, commit = _origin()
    places = [_PACKAGE.parents[1]] + ([Path(source)] if source and not commit else [])
    for checkout in places:
        if (checkout / "copier.yml").is_file():
            version = describe(checkout) if (checkout / ".git").exists() else None
            return Template(checkout, str(checkout), version)
    return Template(_BUNDLED, source, commit)


@contextlib.contextmanager
def opened(source: str | None, ref: str | None) -> Iterator[Template]:
    """Give a template as long as it is needed.

    Args:
        source: A path or a Git address; None for the template that came with the tool.
        ref: A tag, branch or commit of it; None for its latest release, or for the folder as it is where
            there is no release.

    Yields:
        The template.

    Raises:
        UserError: There is no such template or version.
    """
    if source is None and ref is None:
        yield installed()
        return
    if source is None:
        source = installed().source
    if source is None:
        raise UserError(
            f"Version {ref} of the template",
            found="a tool that does not know where it came from, as it was installed from an index",
            where=str(_PACKAGE),
            remedy="Name the template's Git address, too: --template ADDRESS.",
        )
    folder = Path(source).expanduser()
    local = folder.is_dir()
    if local:
        source = str(folder.resolve())
    if local and not (folder / ".git").exists() and not (folder / "HEAD").exists():
        yield Template(folder.resolve(), source, None)
        return
    with tempfile.TemporaryDirectory(prefix="stackyard-template-") as clone:
        path = Path(clone, "template")
        git(Path(clone), "clone", "--quiet", "--", source.removeprefix("git+"), str(path))
        wanted = ref or latest_release(path)
        if wanted:
            git(path, "checkout", "--quiet", "--detach", wanted)
        yield Template(path, source, describe(path))


def describe(folder: Path) -> str:
    """Name the version that is checked out: the tag, or the last one and the commit."""
    return git(folder, "describe", "--tags", "--always").strip()


def latest_release(folder: Path) -> str | None:
    """Give the highest version among the tags, as PEP 440 orders them; None where there is none."""
    versions = {tag: found for tag in git(folder, "tag").split() if (found := release(tag))}
    final = {tag: found for tag, found in versions.items() if not found.is_prerelease}
    return max(final, key=final.__getitem__) if final else None


def release(name: str) -> Version | None:
    """Read a version's name as PEP 440 does; None where it is no release's."""
    from packaging.version import InvalidVersion, Version  # pylint: disable=import-outside-toplevel

    try:
        return Version(name)
    except InvalidVersion:
        return None


def _origin() -> tuple[str | None, str | None]:
    """Say where the tool was installed from, and at which version."""
    try:
        text = distribution("stackyard").read_text("direct_url.json")
    except PackageNotFoundError:
        text = None
    if text is None:
        return None, None
    origin = json.loads(text)
    version = origin.get("vcs_info", {})
    asked = version.get("requested_revision", "")
    commit = asked if release(asked) else version.get("commit_id")  # a branch moves on
    address = origin["url"]
    is_path = address.startswith("file://")
    return unquote(address.removeprefix("file://")) if is_path else address, commit
