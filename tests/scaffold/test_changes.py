"""Changes that come about whole or not at all."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.scaffold import changes
from stackyard.scaffold.render import File
from tests.scaffold import killed
from tests.template_versions import files_of

BEFORE = {"kept.txt": "kept\n", "changed.txt": "old\n", "going/away.txt": "old\n", "place": "a file\n"}
CHANGES = {
    "changed.txt": "new\n",
    "going/away.txt": None,
    "coming/soon/file.txt": "new\n",
    "place": None,
    "place/now_a_folder.txt": "new\n",
}
AFTER = {
    "kept.txt": "kept\n",
    "changed.txt": "new\n",
    "coming/soon/file.txt": "new\n",
    "place/now_a_folder.txt": "new\n",
}


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return written(tmp_path / "project", BEFORE)


def written(folder: Path, texts: dict[str, str]) -> Path:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def texts_of(folder: Path) -> dict[str, str]:
    return {path: content.decode() for path, (content, _) in files_of(folder).items()}


def files(texts: dict[str, str | None]) -> dict[str, File | None]:
    return {path: None if text is None else File(text.encode(), False) for path, text in texts.items()}


def test_a_change_is_carried_out_and_leaves_no_folder_empty(folder: Path) -> None:
    assert not changes.change(folder, files(CHANGES))

    assert texts_of(folder) == AFTER
    assert not (folder / "going").exists()
    assert [path.name for path in (folder / ".stackyard").iterdir()] == [".gitignore"]


@pytest.mark.parametrize("first", range(1, 40, 2))
def test_killed_at_any_step_it_is_whole_or_finished_by_the_next(folder: Path, first: int) -> None:
    plan = folder.parent / "changes.json"
    plan.write_text(json.dumps(CHANGES), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, killed.__file__, folder, str(first), "change", plan], check=False, timeout=60
    ).returncode
    assert ended in (0, -signal.SIGKILL)

    if changes.is_pending(folder):
        assert not changes.finish(folder)
        assert texts_of(folder) == AFTER
    assert texts_of(folder) in (BEFORE, AFTER)
    assert not changes.is_pending(folder)
    assert not changes.change(folder, files(CHANGES))
    assert texts_of(folder) == AFTER


def test_what_somebody_wrote_since_is_left_alone(folder: Path) -> None:
    found = files(dict(BEFORE)) | {"coming/soon/file.txt": None, "place/now_a_folder.txt": None}
    written(folder, {"changed.txt": "mine\n", "going/away.txt": "mine\n", "coming/soon/file.txt": "mine\n"})

    left = changes.change(folder, files(CHANGES), found)

    assert sorted(left) == ["changed.txt", "coming/soon/file.txt", "going/away.txt"]
    assert texts_of(folder) == {
        **AFTER,
        "changed.txt": "mine\n",
        "coming/soon/file.txt": "mine\n",
        "going/away.txt": "mine\n",
    }


def test_a_folder_in_the_way_of_a_file_is_left_alone(folder: Path) -> None:
    written(folder, {"changed": "x", "new.txt/inside.txt": "mine\n"})

    assert changes.change(folder, files({"new.txt": "new\n", "changed": "y"})) == ["new.txt"]
    assert texts_of(folder)["changed"] == "y"
    assert texts_of(folder)["new.txt/inside.txt"] == "mine\n"


def test_a_file_becomes_executable_with_the_same_content(folder: Path) -> None:
    changes.change(folder, {"kept.txt": File(b"kept\n", executable=True)})

    assert files_of(folder)["kept.txt"] == (b"kept\n", True)


@pytest.mark.parametrize(
    "path", ["../outside.txt", "/outside.txt", ".git/hooks/pre-commit", "a/../../outside.txt"]
)
def test_a_journal_that_somebody_else_made_up_reaches_nothing_else(folder: Path, path: str) -> None:
    journal = folder / ".stackyard" / "changes"
    entries = [{"path": path, "before": None, "after": "0" * 64}]
    written(journal, {"manifest.json": json.dumps(entries), "0": "harm\n"})

    assert changes.finish(folder) == [path]
    assert not (folder.parent / "outside.txt").exists() and not (folder / ".git").exists()


def test_what_is_left_of_a_change_does_not_show_in_git(folder: Path) -> None:
    (folder / ".stackyard").mkdir()

    changes.change(folder, files(CHANGES))

    assert (folder / ".stackyard" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    changes.create(tmp_path / "deep" / "project", {"a/b.txt": File(b"b\n", True)})

    assert files_of(tmp_path) == {"deep/project/a/b.txt": (b"b\n", True)}


def test_a_folder_that_has_files_is_not_made_anew(folder: Path) -> None:
    with pytest.raises(UserError, match="A new folder"):
        changes.create(folder, {"b.txt": File(b"b\n", False)})

    assert texts_of(folder) == BEFORE
