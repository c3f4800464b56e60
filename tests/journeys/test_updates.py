"""A project over five versions of its template, with a user who edits anything: nothing is lost.

What is asked for here is independent of how it is done: each line that the user wrote is still in the file
that it was written to, what the user deleted stays away, and there is nothing left to bring afterwards.
STACKYARD_EDITS says how many edits there are to be.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stackyard.commands.update import update
from tests.template_versions import RENAMED, Recorder, commit, files_of, git, make_project, paths_of

_EDITS = int(os.environ.get("STACKYARD_EDITS", "20"))
_EDITS_A_JOURNEY = 20
_NEVER = {".copier-answers.yml", "poetry.lock"}  # written by programs alone
_MARKS = (b"<<<<<<< HEAD", b"=======", b">>>>>>> template/")


class Edit(NamedTuple):
    """Something that a user does.

    Attributes:
        kind: What.
        file: Which file, of all.
        place: Where in it, of its whole.
    """

    kind: str
    file: float
    place: float


@dataclass
class User:
    """Somebody who works on a project, and remembers what should still be there.

    Attributes:
        folder: The project.
        written: By file, what was written into it.
        deleted: Files that are to stay away.
        own: Files that the template knows nothing of, with their bytes.
        executable: Files that were made so.
    """

    folder: Path
    written: dict[str, set[bytes]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    own: dict[str, bytes] = field(default_factory=dict)
    executable: set[str] = field(default_factory=set)
    _count: int = 0

    def do(self, edit: Edit) -> None:
        """Edit a file; those of the notes, where the template changes most, as often as all others."""
        files = sorted(set(paths_of(self.folder)) - _NEVER - self.own.keys())
        notes = [path for path in files if path.startswith("notes/")]
        chosen = notes if edit.file < 0.5 and notes else files
        path = chosen[int(edit.file * 2 % 1 * len(chosen))]
        _KINDS[edit.kind](self, path, edit.place)

    def insert(self, path: str, place: float) -> None:
        """Write a line between others."""
        lines = self._lines(path)
        lines.insert(int(place * (len(lines) + 1)), self._token(path) + self._end(lines))
        self._save(path, lines)

    def replace(self, path: str, place: float) -> None:
        """Write a line in the place of another."""
        lines = self._lines(path)
        if lines:
            at = int(place * len(lines))
            self._forget(path, lines[at])
            lines[at] = self._token(path) + self._end(lines)
            self._save(path, lines)

    def cut(self, path: str, place: float) -> None:
        """Delete a line."""
        lines = self._lines(path)
        if lines:
            self._forget(path, lines.pop(int(place * len(lines))))
            self._save(path, lines)

    def append(self, path: str, place: float) -> None:
        """Write at the end, without a newline."""
        del place
        lines = self._lines(path)
        if lines and not lines[-1].endswith(b"\n"):
            lines[-1] += b"\n"
        self._save(path, [*lines, self._token(path)])

    def other_ends(self, path: str, place: float) -> None:
        """Change all ends of lines, and one line."""
        lines = [line.rstrip(b"\r\n") + b"\r\n" for line in self._lines(path)]
        lines.insert(int(place * (len(lines) + 1)), self._token(path) + b"\r\n")
        self._save(path, lines)

    def no_text(self, path: str, place: float) -> None:
        """Write bytes that are no text."""
        content = (self.folder / path).read_bytes()
        at = int(place * len(content))
        lines = content[:at].rpartition(b"\n")[2] + content[at:].partition(b"\n")[0]
        self._forget(path, lines)
        self._save(path, [content[:at], b"\n\x00\xff", self._token(path), b"\n", content[at:]])

    def delete(self, path: str, place: float) -> None:
        """Delete a file."""
        del place
        (self.folder / path).unlink()
        self.deleted.add(path)
        self.written.pop(path, None)
        self.executable.discard(path)

    def add(self, path: str, place: float) -> None:
        """Write a file beside another."""
        del place
        token = self._token(path)
        self.written[path].discard(token)
        mine = (Path(path).parent / f"{token.decode()}.txt").as_posix()
        self.own[mine] = token * 20
        (self.folder / mine).write_bytes(self.own[mine])

    def allow(self, path: str, place: float) -> None:
        """Make a file executable."""
        del place
        (self.folder / path).chmod(0o755)
        self.executable.add(path)

    def rename(self, path: str, place: float) -> None:
        """Give a file another name."""
        del place
        name = f"{path}.{self._token(path).decode()}"
        self.written[path] = {token for token in self.written[path] if token not in name.encode()}
        (self.folder / path).rename(self.folder / name)
        self.deleted.add(path)
        self.written[name] = self.written.pop(path)
        if path in self.executable:
            self.executable.remove(path)
            self.executable.add(name)

    def check(self) -> None:
        """Insist that all is there still."""
        there = files_of(self.folder)
        self._follow(there)
        for path, tokens in self.written.items():
            for token in tokens:
                assert token in there[path][0], (path, token)
        for path in self.deleted:
            assert path not in there and RENAMED.get(path) not in there, path
        for path, content in self.own.items():
            assert there[path][0] == content, path
        for path in self.executable:
            assert there[path][1], path

    def resolve(self) -> None:
        """Take the marks of conflicts away, and both sides' lines as they are."""
        for path, (content, _) in files_of(self.folder).items():
            if b">>>>>>> template/" in content:
                lines = content.splitlines(keepends=True)
                (self.folder / path).write_bytes(
                    b"".join(line for line in lines if not line.startswith(_MARKS))
                )
        commit(self.folder, "update")

    def _follow(self, there: Collection[str]) -> None:
        """Know files by the names that the template has given them since."""
        for old, new in RENAMED.items():
            if old not in there and old in self.written:
                self.written.setdefault(new, set()).update(self.written.pop(old))
            if old not in there and old in self.executable:
                self.executable.remove(old)
                self.executable.add(new)

    def _token(self, path: str) -> bytes:
        self._count += 1
        token = f"user-wrote-{self._count:04}".encode()
        self.written.setdefault(path, set()).add(token)
        return token

    def _forget(self, path: str, line: bytes) -> None:
        """Note that the user has overwritten something of their own."""
        self.written[path] = {token for token in self.written.get(path, ()) if token not in line}

    def _lines(self, path: str) -> list[bytes]:
        return (self.folder / path).read_bytes().splitlines(keepends=True)

    def _end(self, lines: list[bytes]) -> bytes:
        return b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"

    def _save(self, path: str, lines: list[bytes]) -> None:
        (self.folder / path).write_bytes(b"".join(lines))


_KINDS: dict[str, Callable[[User, str, float], None]] = {
    "insert": User.insert,
    "replace": User.replace,
    "cut": User.cut,
    "append": User.append,
    "other ends": User.other_ends,
    "no text": User.no_text,
    "delete": User.delete,
    "add": User.add,
    "allow": User.allow,
    "rename": User.rename,
}

_SHARES = st.floats(min_value=0, max_value=1, exclude_max=True)
_JOURNEYS = st.lists(
    st.builds(Edit, st.sampled_from(sorted(_KINDS)), _SHARES, _SHARES),
    min_size=_EDITS_A_JOURNEY,
    max_size=_EDITS_A_JOURNEY,
)


@settings(
    max_examples=1 + max(1, _EDITS // _EDITS_A_JOURNEY),  # the first is always the plainest
    deadline=None,
    print_blob=True,
    database=None,
    phases=[Phase.generate],  # to find the least failing journey would take an hour
    suppress_health_check=list(HealthCheck),
)
@given(edits=_JOURNEYS)
def test_no_edit_is_lost_over_five_versions(versions: Path, edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory(prefix="journey-") as place:
        user = User(make_project(Path(place, "project"), versions, "v1"))
        for hop in range(4):
            for edit in edits[hop::4]:
                user.do(edit)
            commit(user.folder, "edits")
            output = Recorder()
            assert update(user.folder, f"v{hop + 2}", False, output) == bool(
                output.paths("conflict")
            ), output.said
            user.check()
            user.resolve()
            user.check()
            again = Recorder()
            assert update(user.folder, f"v{hop + 2}", False, again) == 0
            assert not again.lines and not git(user.folder, "status", "--porcelain")
