"""What is installed is what was locked, byte for byte."""

from pathlib import Path

import pytest

from tests.supply_chain.lock import LOCK, read, without_hash

GOOD = 'files = [{file = "a-1.whl", hash = "sha256:0123"}]'


def test_every_file_of_every_package_has_its_hash() -> None:
    packages = read(LOCK)

    assert len(packages) > 50
    assert without_hash(packages) == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (GOOD, []),
        ("files = []", ["a"]),
        ('files = [{file = "a-1.whl"}]', ["a"]),
        ('files = [{file = "a-1.whl", hash = "md5:0123"}]', ["a"]),
        (GOOD.replace("}]", '}, {file = "a-1.tar.gz"}]'), ["a"]),
    ],
)
def test_one_without_is_found(tmp_path: Path, files: str, found: list[str]) -> None:
    lock = tmp_path / "poetry.lock"
    lock.write_text(f'[[package]]\nname = "a"\nversion = "1"\ngroups = ["main"]\n{files}\n')

    assert without_hash(read(lock)) == found
