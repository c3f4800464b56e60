"""Where a project's services keep their data between runs, and who may use it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from stackyard.errors import UserError
from stackyard.services.process import Account

_ROOT_STATE = Path("/var/lib/stackyard")
_TEMPORARY = "run-"


def service_account() -> Account | None:
    """Give the unprivileged account for servers that refuse to run as root; None when this is not root.

    Raises:
        UserError: This is root, and the machine has no `nobody`.
    """
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise UserError(
            "An unprivileged user for PostgreSQL, which refuses to run as root",
            found="no user `nobody`",
            where="/etc/passwd",
            remedy="Add it, or run the tool as an ordinary user.",
        ) from error
    return Account(nobody.pw_uid, nobody.pw_gid)


def private_folder(path: Path) -> Path:
    """Make a folder that only this user can write to.

    For root others may pass through it, so that a server that dropped its rights can reach its data.

    Raises:
        UserError: It is someone else's, or cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        status = path.lstat()
        if status.st_uid == os.geteuid() and not path.is_symlink():
            path.chmod(_mode())
            return path
        found = f"a link or a folder of user {status.st_uid}"
    except OSError as error:
        found = error.strerror or str(error)
    raise UserError(
        "A folder for the services' data",
        found=found,
        where=str(path),
        remedy="Remove it, or let this user own the folder that it is in.",
    )


def project_folder(root: Path) -> Path:
    """Give the folder of a project's data.

    It is `.stackyard/run` in the project; for root, whose own home others cannot enter, one under /var/lib
    that is named after the project's path.
    """
    if os.geteuid() == 0:
        key = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
        return private_folder(private_folder(_ROOT_STATE) / f"{root.name}-{key}")
    folder = private_folder(root / ".stackyard" / "run")
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


@contextlib.contextmanager
def claimed(root: Path) -> Iterator[Path]:
    """Claim a data folder for one run of a project.

    The first run gets the one that lasts. A run beside it gets one of its own, which is deleted at its end,
    or by a later run if this one is killed.
    """
    folder = project_folder(root)
    with contextlib.ExitStack() as stack:
        with _locked(folder):
            for leftover in folder.glob(f"{_TEMPORARY}*"):
                with contextlib.suppress(OSError), _locked(leftover, wait=False):
                    shutil.rmtree(leftover)
            data = private_folder(folder / "data")
            try:
                stack.enter_context(_locked(data, wait=False))
            except BlockingIOError:
                data = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=folder))
                data.chmod(_mode())
                stack.enter_context(_locked(data, wait=False))
                stack.callback(shutil.rmtree, data, ignore_errors=True)
        yield data


@contextlib.contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a folder; the kernel lets go of it when this process ends."""
    with (folder / "lock").open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _mode() -> int:
    return 0o755 if os.geteuid() == 0 else 0o700
