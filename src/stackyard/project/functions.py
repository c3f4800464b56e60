"""The functions of shell scripts, such as a script with a function for each task has."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from stackyard.formats.regexes import regex
from stackyard.project.commands import Command

_HEAD = regex(r"^[ \t]*(?:function[ \t]+(?P<word>[\w:.-]+)|(?P<name>[\w:.-]+)[ \t]*\(\))[ \t()]*")
_ALL = regex(r"\"?\$(?:@|\*|\{[@*]\})\"?")
_SIZE = 4_000  # characters of a call with its arguments


def functions(text: str) -> dict[str, str]:
    """Give what each function of a script runs, by its name; of two of a name, the last one."""
    found: dict[str, str] = {}
    name, end, body = "", "", list[str]()
    for line in text.splitlines():
        match = None if name else _HEAD.match(line)
        if match is None:
            if name and line.rstrip() == end:
                found[name], name = "\n".join(body), ""
            elif name:
                body.append(line)
            continue
        rest = line[match.end() :].strip()
        if rest.startswith("{") and rest.endswith("}"):
            found[match["word"] or match["name"]] = rest[1:-1].strip()
        elif rest in {"", "{"}:
            name, body = match["word"] or match["name"], []
            end = line[: len(line) - len(line.lstrip())] + "}"
    return found


def called(command: Command, known: Mapping[str, str]) -> str | None:
    """Give what a command runs that calls a function, the arguments put in; None if it calls none."""
    body = known.get(command.words[0])
    if body is None:
        return None
    arguments = shlex.join(command.words[1:])
    text = _ALL.sub(lambda _: arguments, body)
    return text if len(text) <= _SIZE else None
