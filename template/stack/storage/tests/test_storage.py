"""Files go to the folder that the environment names."""

from pathlib import Path

import pytest

from stack.storage.tests.files import CONTENT, ROUND_TRIP, django


@pytest.mark.proves("filesystem-storage")
def test_the_file_system_keeps_files(tmp_path: Path) -> None:
    name = django(ROUND_TRIP, MEDIA_ROOT=str(tmp_path))
    assert [path.name for path in tmp_path.rglob("*.txt")] == [Path(name).name]
    assert (tmp_path / name).read_text() == CONTENT
