"""Five versions of the living template, and projects that are made of them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from stackyard.commands.new import Choices, Extras, new

ROOT = Path(__file__).parents[1]
RENAMED = {"notes/old_name.txt": "notes/new_name.txt"}
"""What version 4 calls otherwise."""
DROPPED = "notes/dropped.txt"
"""What version 3 has no more."""
ADDED = "notes/added.txt"
"""What version 3 brings."""

_LINES = 60  # a file; enough for edits beside those of the versions
_IDENTITY = (
    "-c",
    "user.name=somebody",
    "-c",
    "user.email=somebody@example.com",
    "-c",
    "commit.gpgSign=false",
)


class Recorder:
    """What a verb said."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.said: list[str] = []
        self.lines: list[tuple[str, str]] = []
        self.steps: dict[str, str] = {}
        self.shown = ""

    def say(self, text: str) -> None:
        """Keep what goes on."""
        self.said.append(text)

    def fail(self, text: str, lines: Sequence[str]) -> None:
        """Keep what went wrong."""
        self.said += [text, *lines]

    def line(self, name: str, text: str) -> None:
        """Keep a line."""
        self.lines.append((name, text))

    def table(self, title: str, rows: Mapping[str, str]) -> None:
        """Keep the next steps."""
        assert title
        self.steps = dict(rows)

    def show(self, text: str) -> None:
        """Keep text as it is."""
        self.shown += text

    def paths(self, word: str) -> set[str]:
        """Give the paths that were listed after a word."""
        return {path for name, path in self.lines if name == word}


def git(folder: Path, *arguments: str) -> str:
    """Run Git, and give what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", "-C", folder, *_IDENTITY, *arguments],
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=True,
        env=environment,
    ).stdout


def commit(folder: Path, message: str) -> None:
    """Commit all there is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--no-verify", "-m", message)


def make_project(folder: Path, template: Path, ref: str, **answers: object) -> Path:
    """Make a project of a version, in a Git repository of its own."""
    new(folder, Choices(data=answers, template=str(template), ref=ref), Extras(), Recorder())
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "start")
    return folder


def paths_of(folder: Path) -> list[str]:
    """Name the files; Git's and our own state left out."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if not {".git", ".stackyard"} & set(path.parts))


def files_of(folder: Path) -> dict[str, tuple[bytes, bool]]:
    """Give each file's bytes, and whether it can be executed."""
    return {
        path: ((folder / path).read_bytes(), bool((folder / path).stat().st_mode & 0o100))
        for path in paths_of(folder)
    }


def make_versions(folder: Path) -> Path:
    """Make the template's repository: v1 is the living template with some notes; the others change it."""
    git(ROOT, "clone", "--quiet", "--no-tags", str(ROOT), str(folder))
    project = folder / "template"
    _first(project)
    for number, change in enumerate((None, _second, _third, _fourth, _fifth), start=1):
        if change is not None:
            change(project)
        commit(folder, f"v{number}")
        git(folder, "tag", f"v{number}")
    return folder


def _first(project: Path) -> None:
    notes = project / "notes"
    notes.mkdir()
    for name in ("text", "old_name", "dropped"):
        (notes / f"{name}.txt").write_text(_text(name), encoding="utf-8")
    (notes / "crlf.txt").write_bytes(_text("crlf").replace("\n", "\r\n").encode())
    (notes / "no_end.txt").write_text(_text("no end").rstrip(), encoding="utf-8")
    (notes / "picture.bin").write_bytes(bytes(range(256)) * 8)
    capability = [f"# jwt, line {number}\n" for number in range(20)]
    (notes / "tokens.py").write_text(
        "".join(["BEFORE = 1\n\n# stack: if jwt\n", *capability, "# stack: end\nAFTER = 2\n"]),
        encoding="utf-8",
    )


def _text(name: str) -> str:
    return "".join(f"{name}, line {number} of myproject\n" for number in range(_LINES))


def _second(project: Path) -> None:
    """Lines change: at the start, in the middle, at the end."""
    for name in ("text", "crlf", "no_end", "old_name"):
        _replace(project / f"notes/{name}.txt", rb"line 0 of", b"line 0, anew, of")
        _replace(project / f"notes/{name}.txt", rb"line 30 of", b"line 30, anew, of")
        _replace(project / f"notes/{name}.txt", rb"line 59 of", b"line 59, anew, of")
    with (project / "README.md").open("a", encoding="utf-8") as readme:
        readme.write("\nA last line of version 2.\n")
    _replace(project / "config/settings.py", rb"\A", b"# A first line of version 2.\n")


def _third(project: Path) -> None:
    """A file comes, one goes, one is to be executed, and bytes change."""
    (project / ADDED).write_text(_text("added"), encoding="utf-8")
    (project / DROPPED).unlink()
    (project / "notes/text.txt").chmod(0o755)
    (project / "notes/picture.bin").write_bytes(bytes(reversed(range(256))) * 8)


def _fourth(project: Path) -> None:
    """A file gets another name, and so does a question."""
    for old, new_name in RENAMED.items():
        (project / old).rename(project / new_name)
        _replace(project / new_name, rb"line 15 of", b"line 15, renamed, of")
    questions = project.parent / "copier.yml"
    _replace(questions, rb"(?m)^broker:", b"queue:")
    _replace(questions, rb"\bbroker (?=[!=}])", b"queue ")
    default = (
        b"default: \"{{ _external_data.before.broker or ('none' if preset == 'minimal' else 'redis') }}\""
    )
    _replace(questions, rb"default: \"\{\{ 'none' if preset == 'minimal' else 'redis' \}\}\"", default)
    _replace(
        questions, rb"(?m)^# ---- Names", b"_external_data:\n  before: .copier-answers.yml\n\n# ---- Names"
    )


def _fifth(project: Path) -> None:
    """A capability's lines change, those of version 2 change again, and there is a new question."""
    _replace(project / "notes/tokens.py", rb"# jwt, line 10\n", b"# jwt, line 10, anew\n# and one more\n")
    for name in ("text", "crlf", "no_end", "new_name"):
        _replace(project / f"notes/{name}.txt", rb"line 30, anew, of", b"line 30, once more, of")
    _replace(
        project.parent / "copier.yml",
        rb"(?m)^# ---- Computed",
        b"banner:\n  type: bool\n  help: A banner?\n  default: true\n\n# ---- Computed",
    )


def _replace(path: Path, pattern: bytes, replacement: bytes) -> None:
    content = path.read_bytes()
    changed = re.sub(pattern, replacement, content)
    assert changed != content, (path, pattern)
    path.write_bytes(changed)
