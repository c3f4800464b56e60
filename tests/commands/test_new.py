"""`stackyard new`, as users call it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
import yaml

TOOL = [sys.executable, "-m", "stackyard"]


def new(*arguments: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*TOOL, "new", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, **variables},
    )


def answers_of(folder: Path) -> dict[str, object]:
    answers: dict[str, object] = yaml.safe_load((folder / ".copier-answers.yml").read_bytes())
    return answers


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_project_appears_and_says_how_to_go_on(tmp_path: Path) -> None:
    done = new("my-shop", "--defaults", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert answers_of(tmp_path / "my-shop")["project_slug"] == "my_shop"
    assert 'name = "my_shop"' in (tmp_path / "my-shop" / "pyproject.toml").read_text()
    for step in ("cd my-shop", "git init", "poetry install", "stackyard run -- pytest"):
        assert step in done.stdout
    assert "My Shop is in" in done.stderr
    assert sorted(os.listdir(tmp_path)) == ["my-shop"]  # nothing of the making is left beside it


def test_answers_come_from_preset_data_and_file_in_that_order(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yml"
    saved.write_text("_commit: v0\nbroker: rabbitmq\ncloud: gcp\nmonitoring: [sentry]\n")

    done = new("x", "--preset=api", "--data=cloud=azure", f"--answers={saved}", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    answers = answers_of(tmp_path / "x")
    assert answers["_commit"] != "v0"
    assert (answers["preset"], answers["broker"], answers["cloud"]) == ("api", "rabbitmq", "azure")
    assert answers["monitoring"] == ["sentry"]


def test_another_projects_answers_make_its_like(tmp_path: Path) -> None:
    assert new("one", "--preset=minimal", "--data=project_name=Won", cwd=tmp_path).returncode == 0
    assert new("two", "--answers=one/.copier-answers.yml", cwd=tmp_path).returncode == 0

    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_git_makes_a_repository_with_all_of_it(tmp_path: Path) -> None:
    identity = {
        f"GIT_{role}_{key}": "x@example.com" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
    }

    done = new("x", "--preset=minimal", "--git", cwd=tmp_path, **identity)

    assert done.returncode == 0, done.stderr
    git = ["git", "-C", str(tmp_path / "x")]
    assert subprocess.check_output([*git, "status", "--porcelain"]) == b""
    assert subprocess.check_output([*git, "log", "--format=%s"]) == b"chore: start from the stack\n"
    assert "git init" not in done.stdout


def test_the_working_copy_of_a_new_repository_may_be_filled(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path / "x"], check=True)

    assert new("x", "--preset=minimal", cwd=tmp_path).returncode == 0
    assert (tmp_path / "x" / "manage.py").exists()
    assert (tmp_path / "x" / ".git").is_dir()


def test_overwrite_replaces_files_of_the_same_name_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "manage.py").write_text("mine")
    (tmp_path / "x" / "notes.txt").write_text("mine")

    assert new("x", "--preset=minimal", "--overwrite", cwd=tmp_path).returncode == 0
    assert "django" in (tmp_path / "x" / "manage.py").read_text()
    assert (tmp_path / "x" / "notes.txt").read_text() == "mine"


def test_overwriting_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    files = _killed_before(10**9, tmp_path / "whole")
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "manage.py").write_text("mine")
    assert _killed_before(files * 3 // 2, folder, "--overwrite") == 0  # all are staged, half are in place
    assert (folder / ".stackyard" / "changes").is_dir()

    assert new("shop", "--preset=minimal", "--overwrite", cwd=tmp_path).returncode == 0
    assert "django" in (folder / "manage.py").read_text()
    assert os.listdir(folder / ".stackyard") == [".gitignore"]


def test_a_stack_file_decides(tmp_path: Path) -> None:
    stack = tmp_path / "stack.toml"
    stack.write_text('[answers]\nbroker = "rabbitmq"\nmonitoring = ["prometheus"]\njwt = false\n')

    done = new("x", "--preset=full", f"--stack={stack}", "--data=broker=rabbitmq", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    answers = answers_of(tmp_path / "x")
    assert (answers["broker"], answers["monitoring"], answers["jwt"]) == ("rabbitmq", ["prometheus"], False)


def test_a_stack_file_may_decide_nothing_of_new(tmp_path: Path) -> None:
    stack = tmp_path / "stack.toml"
    stack.write_text('[technologies]\nkafka = { level = "required" }\n')

    assert new("x", "--preset=minimal", f"--stack={stack}", cwd=tmp_path).returncode == 0


BAD: dict[str, tuple[list[str], list[str]]] = {
    "an unknown preset": (["--preset=big"], ["preset", "'big'", "full, web, api, minimal"]),
    "an unknown question": (["--defaults", "--data=colour=red"], ["'colour'", "The questions are: "]),
    "no pair": (["--defaults", "--data=broker"], ["'broker'", "question=answer"]),
    "two answers": (["--defaults", "--data=jwt=no", "--data=jwt=yes"], ["'jwt=yes'", "one a question"]),
    "a refused combination": (["--preset=minimal", "--data=shop=yes"], ["shop", "needs Redis"]),
    "no file of answers": (["--answers=none.yml"], ["No such file", "none.yml"]),
    "a file that is no YAML": (["--answers=bad.yml"], ["YAML", "bad.yml", "line 1"]),
    "a file of something else": (["--answers=list.yml"], ["list", "list.yml"]),
    "a bad answer in a file": (["--answers=wrong.yml"], ["broker", "'zeromq'", "wrong.yml"]),
    "a stack file that is no TOML": (["--defaults", "--stack=bad.yml"], ["TOML", "bad.yml"]),
    "a stack file of something else": (["--defaults", "--stack=empty.toml"], ["'title'", "empty.toml:1"]),
    "a stack file with no answers": (["--defaults", "--stack=flat.toml"], ["[answers]", "flat.toml"]),
    "a wrong level in a stack file": (["--defaults", "--stack=level.toml"], ["'must'", "level.toml:2"]),
    "an answer against the stack": (
        ["--defaults", "--stack=stack.toml", "--data=broker=redis"],
        ["broker as the team's stack has it", "'redis'", "stack.toml"],
    ),
    "no template": (["--defaults", "--template=empty"], ["no copier.yml", "empty"]),
    "no repository": (["--defaults", "--template=https://localhost:1/x.git"], ["git clone", "localhost"]),
    "no such version": (["--defaults", "--ref=v99.9"], ["v99.9"]),
    "nobody to ask": ([], ["no terminal", "--defaults"]),
    "no Git": (["--defaults", "--git"], ["git, for --git", "no such program"]),
    "no Poetry": (["--defaults", "--install"], ["poetry, for --install", "no such program"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_clear_error_and_nothing_is_written(tmp_path: Path, case: str) -> None:
    arguments, words = BAD[case]
    (tmp_path / "bad.yml").write_text("a: [1\n")
    (tmp_path / "list.yml").write_text("- a\n")
    (tmp_path / "wrong.yml").write_text("broker: zeromq\n")
    (tmp_path / "empty.toml").write_text("title = 'x'\n")
    (tmp_path / "flat.toml").write_text("answers = 5\n")
    (tmp_path / "level.toml").write_text("[technologies]\nkafka = { level = 'must' }\n")
    (tmp_path / "stack.toml").write_text('[answers]\nbroker = "rabbitmq"\n')
    (tmp_path / "empty").mkdir()
    before = sorted(os.listdir(tmp_path))
    variables = {"PATH": ""} if case in ("no Git", "no Poetry") else {}

    done = new("shop", *arguments, cwd=tmp_path, **variables)

    assert done.returncode == 2, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("taken", ["folder", "file", "link"])
def test_what_is_there_is_never_overwritten_unasked(tmp_path: Path, taken: str) -> None:
    target = tmp_path / "shop"
    if taken == "folder":
        target.mkdir()
        (target / "manage.py").write_text("mine")
    elif taken == "file":
        target.write_text("mine")
    else:
        target.symlink_to("nowhere")

    done = new("shop", "--defaults", cwd=tmp_path)

    assert done.returncode == 2
    assert str(target) in done.stderr
    if taken == "folder":
        assert tree(target) == {"manage.py": b"mine"}
        assert "--overwrite" in done.stderr


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    done = new("/proc/shop", "--defaults", cwd=tmp_path)

    assert done.returncode == 2
    assert "/proc/shop" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_person_is_asked_and_asked_again_after_a_bad_answer(tmp_path: Path) -> None:
    """On a real terminal: a name that is refused, a better one, Enter for all the rest."""
    leader, follower = pty.openpty()
    fcntl.ioctl(leader, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))  # rows and columns
    with (
        subprocess.Popen(
            [*TOOL, "new", "shop", "--data", "preset=minimal"],
            cwd=tmp_path,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={
                **os.environ,
                "TERM": "xterm",
                "PROMPT_TOOLKIT_NO_CPR": "1",
            },  # this terminal answers nothing
            start_new_session=True,
        ) as process,
        contextlib.ExitStack() as ended,
    ):
        ended.callback(process.kill)  # which waits for an answer still, if this fails
        os.close(follower)
        seen = ""

        def type_after(prompt: str, keys: str) -> None:
            nonlocal seen
            while prompt not in seen:
                assert select.select([leader], [], [], 60)[0], f"not asked {prompt!r}, but:\n{seen}"
                seen += os.read(leader, 65_536).decode(errors="replace")
            seen = seen.partition(prompt)[2]
            os.write(leader, keys.encode())

        erase = "\x7f" * len("Shop")
        type_after("What people call the project", f"{erase}a{{b}}\r")
        type_after("It has a {", "")
        type_after("What people call the project", f"{erase}Zoë's\r")
        for question in ("machines call it", "What it is for", "Who makes it", "answer on", "are reached"):
            type_after(question, "\r")
        type_after("Redis, as the cache", "y")
        type_after("The broker of Celery", "\x1b[B\r")  # one down: redis
        type_after("Events that are never lost", "\r")
        type_after("Events as streams", "\r")
        type_after("WebSockets", "\r")
        type_after("JSON Web Tokens", "\r")
        type_after("Profile pictures", "\r")
        type_after("The example shop", "\r")
        type_after("Whose storage", "\r")
        type_after("Where passwords and keys", "\r")
        type_after("What watches it", " \r")  # the first
        with contextlib.suppress(OSError):  # the end, as Linux tells it to a terminal's other side
            while select.select([leader], [], [], 60)[0] and os.read(leader, 65_536):
                pass
        assert process.wait(timeout=60) == 0
        os.close(leader)

    answers = answers_of(tmp_path / "shop")
    assert (answers["project_name"], answers["project_slug"]) == ("Zoë's", "zoe_s")
    assert (answers["preset"], answers["redis"], answers["broker"]) == ("minimal", True, "redis")
    assert (answers["jwt"], answers["monitoring"]) == (False, ["sentry"])


def test_ctrl_c_at_a_question_writes_nothing(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*TOOL, "new", "shop"], cwd=tmp_path, stdin=follower, stdout=follower, stderr=follower
    ) as process:
        os.close(follower)
        seen = ""
        while "What people call the project" not in seen:
            seen += os.read(leader, 65_536).decode(errors="replace")
        os.write(leader, b"\x03")
        with contextlib.suppress(OSError):
            while read := os.read(leader, 65_536):
                seen += read.decode(errors="replace")
        assert process.wait(timeout=60) == 130
        os.close(leader)

    assert "Traceback" not in seen
    assert os.listdir(tmp_path) == []


def test_killed_at_any_time_it_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Stopped before each of its writes in turn, as `kill -9` would."""
    counted = tmp_path / "counted"
    files = _killed_before(10**9, counted)
    assert files > 100
    whole = tree(counted)

    for call in (1, 2, files // 2, files, files + 1):
        folder = tmp_path / f"killed-{call}" / "shop"
        _killed_before(call, folder)
        assert not folder.exists() or tree(folder) == whole


def _killed_before(call: int, folder: Path, *options: str) -> int:
    """Make a project, and kill the process before its nth write or rename; give how many it made."""
    program = f"""
import os, signal
from pathlib import Path
from stackyard.cli import app
from stackyard.scaffold import changes

count = 0
def counted(function):
    def wrapper(*arguments, **options):
        global count
        count += 1
        if count == {call}:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return wrapper
changes._write = counted(changes._write)
changes.os.rename = counted(changes.os.rename)
changes.os.replace = counted(changes.os.replace)
try:
    app(["new", {str(folder)!r}, "--preset=minimal", "--data=project_name=Shop", *{options!r}])
except SystemExit:
    print(count - 1)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return int(done.stdout.splitlines()[-1]) if done.returncode == 0 else 0
