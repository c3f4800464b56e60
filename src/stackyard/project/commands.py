"""Commands of shells: the words of each, and those of the commands that it wraps."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stackyard.formats.place import Line, Place
from stackyard.formats.regexes import regex

_SEPARATORS = set(";|&()<>")
_ASSIGNMENT = regex(r"[A-Za-z_]\w*=")
_PYTHON = regex(r"python[\d.]*$")
_BEFORE = frozenset("sudo exec env time nohup command then do else if while until ! { eval xvfb-run".split())
_RUNNERS = frozenset("poetry pipenv pdm rye".split())
_OF_NODE = frozenset("npm pnpm yarn npx bunx bun".split())
MONOREPO = frozenset("nx turbo lerna moon rush bazel bazelisk pants earthly dagger".split())
"""The runners of targets whose files are not understood."""

# What runs a command after options of its own: which of the words that one begins with, is not told.
_AROUND = frozenset(
    "docker docker-compose podman podman-compose nerdctl kubectl heroku xargs timeout parallel watchfiles uv"
    " uvx hatch pipx conda mamba micromamba dotenv dockerize ssh find wait-for-it wait-for-it.sh nice"
    " coverage nix nix-shell devenv tini dumb-init gosu su-exec ddtrace-run newrelic-admin"
    " opentelemetry-instrument".split()
)
_CONTINUED = regex(r"^(?:[^\n]*\\\n)+[^\n]*", re.MULTILINE)
_SIZE = 100_000  # characters of a script
_LINE = 4_000  # characters of a line
_WORDS = 200
"""So many words of a command are looked at."""


class Command(NamedTuple):
    """A command.

    Attributes:
        words: Its program and arguments.
        where: Where it stands, or the script that it is in.
    """

    words: tuple[str, ...]
    where: Place

    @property
    def program(self) -> str:
        """The name of its program, without its folder."""
        return self.words[0].rpartition("/")[2]

    @property
    def text(self) -> str:
        """The whole of it."""
        return " ".join(self.words)


def plain(text: str) -> str:
    """Join continued lines, and leave out comments; a line that remains keeps its number."""
    joined = _CONTINUED.sub(
        lambda found: re.sub(r"\\\n[ \t]*", " ", found[0]) + "\n" * found[0].count("\n"), text
    )
    return "\n".join(_uncommented(line[:_LINE]) for line in joined.splitlines())


def _uncommented(line: str) -> str:
    for match in re.finditer(r"(?:^|(?<=\s))#", line):
        before = line[: match.start()]
        if before.count("'") % 2 == 0 and before.count('"') % 2 == 0:
            return before
    return line


def commands(line: Line, having: str = "") -> Iterator[Command]:
    """Give each command of a script, and those that it wraps: of `poetry run pytest`, that and `pytest`.

    Args:
        line: The script; only so much of it as anybody writes is looked at.
        having: What must be in a line of it for that to be looked at.
    """
    for number, text in enumerate(plain(line.text[:_SIZE]).splitlines()):
        if having not in text or not text.strip():
            continue
        for words in _split(text):
            for found in _unwrapped(words[:_WORDS]):
                yield Command(found, _shifted(line.where, number))


def _shifted(where: Place, lines: int) -> Place:
    """Tell a line of a whole file; of a script within a file, where that begins."""
    return where if where.line else Place(where.path, lines + 1)


def _split(text: str) -> list[tuple[str, ...]]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars=";|&()<>")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        tokens = list(lexer)
    except ValueError:  # a quote that goes over several lines
        tokens = [token.strip("\"'`") for token in re.findall(r"[;|&()<>]+|[^\s;|&()<>]+", text)]
    found: list[list[str]] = [[]]
    for token in tokens:
        if set(token) <= _SEPARATORS:
            found.append([])
        else:
            found[-1].append(token)
    return [tuple(words) for words in found if words]


def _unwrapped(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    rest = tuple(words)
    while rest:
        name = rest[0].rpartition("/")[2]
        if not name or name in _BEFORE or _ASSIGNMENT.match(rest[0]) or name.startswith("-"):
            rest = rest[1:]
            continue
        yield rest
        if name in _AROUND or name.startswith("$"):
            for start in range(1, len(rest)):
                yield rest[start:]
            for word in rest[1:]:
                if " " in word:
                    yield from _inner(word)
            return
        if name in {"sh", "bash", "zsh", "ash", "dash"} and any(" " in word for word in rest[1:]):
            for word in rest[1:]:
                yield from _inner(word)
            return
        rest = _next(name, rest)


def _inner(text: str) -> Iterator[tuple[str, ...]]:
    for words in _split(text.replace("\n", ";")):
        yield from _unwrapped(words)


def _next(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Give what a command runs by its arguments; nothing if it runs none."""
    if name in _RUNNERS:
        return words[words.index("run") + 1 :] if "run" in words[:4] else ()
    if name in _OF_NODE:  # `pnpm nx run backend:test`
        return next(
            (words[number:] for number in range(1, min(len(words), 5)) if words[number] in MONOREPO), ()
        )
    if _PYTHON.match(name):
        options = [word for word in words[1:6] if word.startswith("-")]
        if "-m" in options:
            return words[words.index("-m") + 1 :]
        return next(
            (words[number:] for number, word in enumerate(words) if number and not word.startswith("-")), ()
        )
    if name in {"sh", "bash", "zsh", "ash", "dash", "source", "."}:
        return words[1:]
    return ()
