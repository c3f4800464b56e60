"""What an update leaves alone, each case for itself; and what it says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import copier
import pytest
import yaml

from stackyard.commands.update import update
from stackyard.errors import UserError
from stackyard.scaffold import repository
from tests.template_versions import ADDED, DROPPED, Recorder, commit, files_of, git, make_project


@pytest.fixture(name="original", scope="module")
def _original(versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("original") / "project", versions, "v1", preset="minimal")


@pytest.fixture(name="project")
def _project(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "project"))


def edit(project: Path, path: str, content: bytes | None) -> None:
    if content is None:
        (project / path).unlink()
    else:
        (project / path).write_bytes(content)
    commit(project, "edit")


def brought(project: Path, to: str) -> Recorder:
    output = Recorder()
    update(project, to, False, output)
    return output


def line_changed(project: Path, path: str, number: int) -> bytes:
    lines = (project / path).read_bytes().splitlines(keepends=True)
    lines[number] = b"mine\n"
    return b"".join(lines)


def test_the_template_s_changes_come_and_mine_stay(project: Path) -> None:
    edit(project, "notes/text.txt", line_changed(project, "notes/text.txt", 10))

    output = brought(project, "v2")

    text = (project / "notes/text.txt").read_text(encoding="utf-8")
    assert "\nmine\n" in text and text.count("anew") == 3
    assert output.paths("changed") >= {"notes/text.txt", "README.md", ".copier-answers.yml"}
    assert yaml.safe_load((project / ".copier-answers.yml").read_text())["_commit"] == "v2"


def test_two_changes_of_one_line_are_a_conflict_with_both(project: Path) -> None:
    edit(project, "notes/text.txt", line_changed(project, "notes/text.txt", 30))

    output = Recorder()
    status = update(project, "v2", False, output)

    assert status == 1 and output.paths("conflict") == {"notes/text.txt"}
    assert "<<<<<<< HEAD\nmine\n=======\ntext, line 30, anew, of project\n>>>>>>> template/v2\n" in (
        project / "notes/text.txt"
    ).read_text(encoding="utf-8")


def test_a_file_that_the_template_drops_stays_if_i_changed_it(project: Path) -> None:
    edit(project, DROPPED, b"mine\n")

    output = brought(project, "v3")

    assert output.paths("kept") == {DROPPED}
    assert (project / DROPPED).read_bytes() == b"mine\n"


def test_a_file_that_the_template_drops_goes_if_i_did_not(project: Path) -> None:
    output = brought(project, "v3")

    assert output.paths("deleted") == {DROPPED} and not (project / DROPPED).exists()


def test_a_file_that_i_deleted_stays_away(project: Path) -> None:
    edit(project, "notes/text.txt", None)

    output = brought(project, "v2")

    assert output.paths("not back") == {"notes/text.txt"} and not (project / "notes/text.txt").exists()


def test_my_file_where_the_template_brings_one_is_a_conflict_with_both(project: Path) -> None:
    edit(project, ADDED, b"mine\n")

    output = brought(project, "v3")

    content = (project / ADDED).read_bytes()
    assert output.paths("conflict") == {ADDED} and b"mine\n" in content and b"added, line 7 of" in content


def test_my_ignored_file_where_the_template_brings_one_is_a_conflict_too(project: Path) -> None:
    edit(project, ".gitignore", (project / ".gitignore").read_bytes() + b"/" + ADDED.encode() + b"\n")
    (project / ADDED).write_bytes(b"mine, and in no history\n")

    output = brought(project, "v3")

    content = (project / ADDED).read_bytes()
    assert output.paths("conflict") == {ADDED}
    assert b"mine, and in no history\n" in content and b"added, line 7 of" in content


@pytest.mark.parametrize("in_the_way", ["folder", "link"])
def test_something_else_in_the_way_of_a_new_file_stays(project: Path, in_the_way: str) -> None:
    if in_the_way == "folder":
        (project / ADDED).mkdir()
        (project / ADDED / "inside.txt").write_bytes(b"mine\n")
    else:
        (project / ADDED).symlink_to("elsewhere.txt")
    commit(project, "edit")

    output = brought(project, "v3")

    assert output.paths("blocked") == {ADDED}
    assert not git(project, "status", "--porcelain", "--", ADDED)


def test_a_folder_that_i_made_a_link_is_not_written_through(project: Path, tmp_path: Path) -> None:
    shutil.move(project / "notes", tmp_path / "elsewhere")
    (project / "notes").symlink_to(tmp_path / "elsewhere")
    commit(project, "edit")
    before = files_of(tmp_path / "elsewhere")

    brought(project, "v3")

    assert files_of(tmp_path / "elsewhere") == before


def test_bytes_that_are_no_text_stay_mine(project: Path) -> None:
    mine = bytes(range(255, 0, -1)) * 4
    edit(project, "notes/picture.bin", mine)

    output = brought(project, "v3")

    assert output.paths("conflict") == {"notes/picture.bin"}
    assert (project / "notes/picture.bin").read_bytes() == mine


@pytest.mark.parametrize("path", ["notes/crlf.txt", "notes/no_end.txt"])
def test_ends_of_lines_stay_as_they_are(project: Path, path: str) -> None:
    git(project, "config", "core.autocrlf", "false")
    ends = (project / path).read_bytes().count(b"\r\n"), (project / path).read_bytes().endswith(b"\n")
    lines = (project / path).read_bytes().splitlines(keepends=True)
    edit(project, path, b"".join([*lines[:10], lines[10].replace(b"line 10", b"mine"), *lines[11:]]))

    output = brought(project, "v2")

    content = (project / path).read_bytes()
    assert not output.paths("conflict") and b"mine" in content and content.count(b"anew") == 3
    assert (content.count(b"\r\n"), content.endswith(b"\n")) == ends


def test_the_permission_to_execute_comes_and_stays(project: Path) -> None:
    (project / "notes/old_name.txt").chmod(0o755)
    edit(project, "notes/text.txt", line_changed(project, "notes/text.txt", 10))

    brought(project, "v3")

    assert files_of(project)["notes/text.txt"][1] and files_of(project)["notes/old_name.txt"][1]


def test_my_edits_go_with_a_file_that_the_template_renames(project: Path) -> None:
    edit(project, "notes/old_name.txt", line_changed(project, "notes/old_name.txt", 40))

    brought(project, "v4")

    renamed = (project / "notes/new_name.txt").read_text(encoding="utf-8")
    assert "mine\n" in renamed and "line 15, renamed, of" in renamed
    assert not (project / "notes/old_name.txt").exists()


def test_changes_go_with_a_file_that_i_renamed(project: Path) -> None:
    (project / "notes/text.txt").rename(project / "notes/mine.txt")
    commit(project, "edit")

    brought(project, "v2")

    assert (project / "notes/mine.txt").read_text(encoding="utf-8").count("anew") == 3
    assert not (project / "notes/text.txt").exists()


def test_a_file_that_both_rename_has_my_name(project: Path) -> None:
    (project / "notes/old_name.txt").rename(project / "notes/mine.txt")
    edit(project, "notes/mine.txt", line_changed(project, "notes/mine.txt", 40))

    output = brought(project, "v4")

    content = (project / "notes/mine.txt").read_text(encoding="utf-8")
    assert "\nmine\n" in content and "line 15, renamed, of" in content
    assert output.paths("not back") == {"notes/new_name.txt"} and not output.paths("conflict")
    assert not (project / "notes/new_name.txt").exists() and not (project / "notes/old_name.txt").exists()


def test_my_attributes_and_settings_of_git_change_no_byte(project: Path) -> None:
    (project / ".gitattributes").write_text("* text=auto eol=crlf merge=union\n", encoding="utf-8")
    git(project, "config", "merge.conflictStyle", "diff3")
    git(project, "add", "--all", "--renormalize")
    edit(project, "notes/text.txt", line_changed(project, "notes/text.txt", 30))

    brought(project, "v2")

    content = (project / "notes/text.txt").read_bytes()
    assert b"\r" not in content and content.count(b"<<<<<<< HEAD") == 1 and b"|||||||" not in content


def test_a_question_that_the_template_renames_keeps_its_answer(versions: Path, tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", versions, "v1", preset="minimal", broker="rabbitmq")

    brought(project, "v5")

    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert answers["queue"] == "rabbitmq" and "broker" not in answers and answers["banner"] is True


def test_an_update_that_is_only_looked_at_writes_nothing(project: Path) -> None:
    before = files_of(project)
    output = Recorder()

    assert update(project, None, True, output) == 1
    assert output.paths("added") == {ADDED, "notes/new_name.txt"}
    assert files_of(project) == before and not (project / ".stackyard").exists()

    brought(project, "v5")
    commit(project, "update")
    assert update(project, None, True, Recorder()) == 0


@pytest.mark.ci
def test_copier_brings_the_same(versions: Path, project: Path, tmp_path: Path) -> None:
    """A project that is edited apart from the template's changes can be updated by plain Copier too."""
    edit(project, "notes/text.txt", line_changed(project, "notes/text.txt", 10))
    edit(project, "config/mine.py", b"MINE = 1\n")
    edit(project, "notes/crlf.txt", None)  # Copier ends all lines alike
    twin = Path(shutil.copytree(project, tmp_path / "twin"))

    brought(project, "v5")
    copier.run_update(twin, vcs_ref="v5", defaults=True, overwrite=True, unsafe=True, quiet=True)

    assert versions and files_of(project) == files_of(twin)


def test_a_lock_with_packages_of_my_own_is_not_replaced(
    project: Path, versions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _path_without_poetry(tmp_path))
    manifest = (project / "pyproject.toml").read_text(encoding="utf-8")
    edit(
        project,
        "pyproject.toml",
        manifest.replace("dependencies = [", 'dependencies = [\n    "six",', 1).encode(),
    )
    edit(project, "poetry.lock", b"# mine\n" + (project / "poetry.lock").read_bytes())
    template = _with_a_package(versions, tmp_path / "template")
    answers = project / ".copier-answers.yml"
    edit(project, answers.name, answers.read_bytes().replace(str(versions).encode(), str(template).encode()))

    output = brought(project, "v6")

    assert (project / "poetry.lock").read_bytes().startswith(b"# mine\n")
    assert output.steps["lock"] == "poetry lock" and "install" in output.steps
    assert b"six" in (project / "pyproject.toml").read_bytes()
    assert b"tomlkit" in (project / "pyproject.toml").read_bytes()


def _path_without_poetry(folder: Path) -> str:
    programs = folder / "bin"
    programs.mkdir()
    program = shutil.which("git")
    assert program is not None
    (programs / "git").symlink_to(program)
    return str(programs)


def _with_a_package(versions: Path, folder: Path) -> Path:
    """Make another version, v6, that needs one package more."""
    git(versions, "clone", "--quiet", str(versions), str(folder))
    manifest = folder / "template/pyproject.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        text.replace("[project]\n", "[project]\noptional-dependencies.more = ['tomlkit']\n", 1),
        encoding="utf-8",
    )
    commit(folder, "v6")
    git(folder, "tag", "v6")
    return folder


def _without_git(project: Path) -> None:
    shutil.rmtree(project / ".git")


def _dirty(project: Path) -> None:
    (project / "untracked.txt").write_text("mine\n", encoding="utf-8")


def _without_answers(project: Path) -> None:
    edit(project, ".copier-answers.yml", None)


def _unreadable(project: Path) -> None:
    edit(project, ".copier-answers.yml", b"a: [\n")


def _of_another_template(project: Path) -> None:
    edit(project, ".copier-answers.yml", b"_src_path: /nowhere\n_commit: v1\n")


def _of_a_lost_version(project: Path) -> None:
    answers = project / ".copier-answers.yml"
    edit(project, answers.name, answers.read_bytes().replace(b"_commit: v1", b"_commit: v0.9"))


def _without_version(project: Path) -> None:
    answers = project / ".copier-answers.yml"
    edit(project, answers.name, answers.read_bytes().replace(b"_commit: v1\n", b""))


def _of_a_later_version(project: Path) -> None:
    answers = project / ".copier-answers.yml"
    edit(project, answers.name, answers.read_bytes().replace(b"_commit: v1", b"_commit: v3"))


@pytest.mark.parametrize(
    ("spoil", "to", "words"),
    [
        (_without_git, "v2", "A project in a Git repository"),
        (_dirty, "v2", "everything is committed: changes in untracked.txt"),
        (_without_answers, "v2", "no .copier-answers.yml .* `stackyard adopt`"),
        (_unreadable, "v2", "The answers that a project was made of"),
        (_of_another_template, "v2", "nothing that Git can copy: .*/nowhere"),
        (_of_a_lost_version, "v2", "The version v0.9 of the template: only v5, "),
        (_without_version, "v2", "no _commit"),
        (_of_a_later_version, "v2", "after v3, which the project was made of: v2, which is older"),
        (lambda project: None, "v9", "The version v9 of the template"),
        (lambda project: None, "--output=x", "The version --output=x of the template"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_is_written(
    project: Path, spoil: Callable[[Path], None], to: str, words: str
) -> None:
    spoil(project)
    before = files_of(project)

    with pytest.raises(UserError, match=words) as caught:
        update(project, to, False, Recorder())

    assert caught.value.exit_code == 2
    assert files_of(project) == before and not (project / ".stackyard").exists()


def test_two_at_a_time_are_kept_apart(project: Path) -> None:
    with repository.locked(project):
        done = subprocess.run(
            [sys.executable, "-m", "stackyard", "update", "--project", project],
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 2 and "One change of a project at a time" in done.stderr
