"""Git, as a process: its own output, no other repository than the one that is meant."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection
from pathlib import Path

from stackyard.errors import UserError

_PLAIN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}


def git(folder: Path, *arguments: str) -> str:
    """Run Git, and give what it prints.

    Raises:
        UserError: It failed.
    """
    return os.fsdecode(_run(folder, arguments, {}, b"", {0}))


def plain_git(folder: Path, *arguments: str, stdin: bytes = b"", fine: Collection[int] = (0,)) -> bytes:
    """Run Git without anybody's configuration, which could change what it makes of bytes.

    Args:
        folder: The repository.
        arguments: The command and its arguments.
        stdin: What it reads.
        fine: The statuses that are no failure.

    Returns:
        What it prints.

    Raises:
        UserError: It failed.
    """
    return _run(folder, arguments, _PLAIN, stdin, fine)


def _run(
    folder: Path, arguments: Collection[str], extra: dict[str, str], stdin: bytes, fine: Collection[int]
) -> bytes:
    # A hook's or a shell's own repository is not the one that is meant here.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments],  # nosec B607 # the user's own
            input=stdin,
            capture_output=True,
            check=False,
            env={**environment, **extra},
        )
    except FileNotFoundError as error:
        raise UserError(
            "git", found="no such program", where=f"PATH={os.environ.get('PATH', '')}", remedy="Install Git."
        ) from error
    if done.returncode not in fine:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise UserError(
            f"git {' '.join(arguments)}",
            found=(words or ["no word of what failed"])[-1],
            where=str(folder),
            remedy="Put right what Git says.",
        )
    return done.stdout
