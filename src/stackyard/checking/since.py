"""What a project had at a revision: the findings there are the ones that a change did not bring."""

from __future__ import annotations

import subprocess  # nosec B404 # git, with arguments of our own
import tempfile
from collections import Counter
from collections.abc import Iterator
from copy import replace
from pathlib import Path, PurePosixPath

from stackyard.checking.result import State
from stackyard.checking.run import Checks, check
from stackyard.errors import UserError
from stackyard.project.files import LOCK_SIZE

_REGULAR = {"100644", "100755"}


def known_at(folder: Path, revision: str, checks: Checks) -> Counter[str]:
    """Check a project as it was.

    Args:
        folder: Its folder, in a Git repository.
        revision: A commit, branch or tag.
        checks: What it is checked for.

    Returns:
        How often each finding was there, by fingerprint.

    Raises:
        UserError: It is in no repository, there is no such revision, or it could not be checked there.
    """
    with tempfile.TemporaryDirectory(prefix="stackyard-") as temporary:
        _restore(folder, revision, Path(temporary))
        report = check(Path(temporary), revision, replace(checks, known={}), in_two=True)
    if report.failure:
        raise UserError(
            "A check of what was there", found=report.failure, where=revision, remedy="Name another."
        )
    return Counter(key for item in report.of(State.OPEN) for key in item.fingerprints)


def _restore(folder: Path, revision: str, target: Path) -> None:
    """Write the files of a revision as they are stored: no filter, hook or monitor of Git's runs."""
    listed = _git(folder, "ls-tree", "-r", "-z", "-l", "--end-of-options", revision)
    entries = list(_entries(listed.decode("utf-8", "surrogateescape")))
    wanted = "".join(f"{name}\n" for name, _ in entries).encode()
    content = _git(folder, "cat-file", "--batch", stdin=wanted)
    start = 0
    for _, path in entries:
        end = content.index(b"\n", start)
        size = int(content[start:end].rpartition(b" ")[2])
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content[end + 1 : end + 1 + size])
        start = end + 1 + size + 1


def _entries(listed: str) -> Iterator[tuple[str, str]]:
    for line in filter(None, listed.split("\0")):
        facts, _, path = line.partition("\t")
        mode, _, name, size = facts.split()
        parts = PurePosixPath(path).parts
        if mode in _REGULAR and int(size) <= LOCK_SIZE and ".." not in parts and ".git" not in parts:
            yield name, path


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=True)  # nosec B603
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        raise UserError(
            "A revision of the project's Git repository",
            found=said.decode(errors="replace").strip().splitlines()[0],
            where=str(folder),
            remedy="Name a commit, branch or tag with --since.",
        ) from error
    return done.stdout
