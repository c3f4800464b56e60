"""What a command runs by calling it: targets of make, environments of tox, hooks, and scripts."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from posixpath import normpath
from typing import Any

from stackyard.formats.place import Line, Place
from stackyard.formats.regexes import regex
from stackyard.formats.tomls import Toml
from stackyard.formats.yamls import Mapping
from stackyard.project.commands import MONOREPO, Command, commands, plain
from stackyard.project.files import Files
from stackyard.project.functions import called, functions

_DATA = (".md", ".txt", ".toml", ".json", ".yml", ".yaml", ".lock", ".cfg", ".ini", ".env", ".html", ".xml")
_LINES = 2_000
"""So many scripts and commands are followed."""

_OPAQUE = {"make", "just", "task", "tox", "nox", "inv", "invoke", *MONOREPO}
_SHELL = regex(r"(?!#!)|#!.*\b(?:ba|da|z|a)?sh\b")
_TARGET = regex(r"^(?P<names>[^\s#:=@][^:=#\n]*?)\s*::?(?!=)(?P<needs>[^=\n#;]*)")
_VALUE = regex(r"^(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*[:?+]?=\s*(?P<value>[^\n#]*)", re.MULTILINE)
_REFERENCE = regex(r"\$[({](?P<name>[A-Za-z_]\w*)[)}]|\{\{\s*(?P<just>\w+)\s*\}\}")
_PYTHON_CALL = regex(r"\b(?:run|run_always|call|check_call|check_output|system|Popen|main)\(([^()]*)\)")


class Calls:  # pylint: disable=too-many-instance-attributes  # what each tool is read from
    """What commands call.

    Attributes:
        files: The project's files.
        unresolved: The commands of a tool whose own files are not there, or not understood.
    """

    def __init__(
        self,
        files: Files,
        pyproject: Toml | None,
        yaml: Callable[[str], Mapping | None],
        hooks: Iterable[Line],
        services: Iterable[tuple[str, str, Line]],
    ) -> None:
        """Take what may be called.

        Args:
            files: The project's files.
            pyproject: Its pyproject.toml.
            yaml: Reads a file in YAML.
            hooks: What the hooks of pre-commit run.
            services: The file, the name and the command of each service of Compose.
        """
        self.files = files
        self.unresolved: list[Command] = []
        self._targets: dict[str, dict[str, list[Line]]] = {}
        self._known_functions: dict[str, dict[str, str]] = {}
        self._pyproject = pyproject
        self._yaml = yaml
        self._hooks = tuple(hooks)
        self._services = tuple(services)

    @cached_property
    def _by_program(self) -> dict[str, Callable[[Command], Iterator[Line]]]:
        return {
            "make": self._make,
            "gmake": self._make,
            "$MAKE": self._make,
            "just": self._just,
            "task": self._task,
            "tox": self._tox,
            "nox": lambda _: self._python("noxfile.py"),
            "inv": lambda _: self._python("tasks.py"),
            "invoke": lambda _: self._python("tasks.py"),
            "fab": lambda _: self._python("fabfile.py"),
            "poe": self._poe,
            "pre-commit": self._pre_commit,
            "prek": self._pre_commit,
            "docker": self._compose,
            "docker-compose": self._compose,
            "poetry": self._poetry,
            "npm": self._node,
            "pnpm": self._node,
            "yarn": self._node,
            "bun": self._node,
        }

    def followed(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """Give some scripts, and all that they call."""
        waiting, found = deque(lines), dict[Line, None]()
        while waiting and len(found) < _LINES:
            line = waiting.popleft()
            if line in found:
                continue
            found[line] = None
            for command in commands(line):
                more = list(self._called(command))
                if not more and command.program in _OPAQUE:
                    self.unresolved.append(command)
                waiting += more
                text = called(command, self._functions(line.where.path))
                if text is not None:
                    waiting.append(Line(text, line.where))
        return tuple(found)

    def _functions(self, path: str) -> dict[str, str]:
        """Give the functions of a shell script."""
        if path not in self._known_functions:
            text = self.files.text(path) if path in self.files and not path.endswith((".py", *_DATA)) else ""
            self._known_functions[path] = functions(text) if _SHELL.match(text) else {}
        return self._known_functions[path]

    def _called(self, command: Command) -> Iterator[Line]:
        if follow := self._by_program.get(command.program):
            yield from follow(command)
        if path := self._script(command.words[0]):
            if path.endswith(".py"):
                yield from self._python(path)
            elif _SHELL.match(self.files.text(path)):
                yield Line(self.files.text(path), Place(path))

    def _script(self, word: str) -> str | None:
        """Give the file of a script: in an image, it may be somewhere else, by the same name."""
        path = normpath(word).lstrip("/")
        name = path.rpartition("/")[2]
        if name == "manage.py" or name.endswith(_DATA):
            return None
        if path in self.files:
            return path
        others = self._by_name.get(name, []) if "/" in word else []
        same = [other for other in others if other.endswith(f"/{path}") or path.endswith(other)]
        return same[0] if len(same) == 1 else None

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.files.paths:
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    # Runners of targets

    def _make(self, command: Command) -> Iterator[Line]:
        targets = self._recipes("make", "Makefile", "GNUmakefile", "*.mk", "Makefile.*")
        wanted = [word for word in command.words[1:] if not word.startswith("-") and "=" not in word]
        if "-C" in command.words or "-f" in command.words:
            wanted = wanted[1:]
        for name in wanted or list(targets)[:1]:
            yield from targets.get(name, ())

    def _just(self, command: Command) -> Iterator[Line]:
        targets = self._recipes("just", "justfile", ".justfile", "*.just")
        for name in command.words[1:] or list(targets)[:1]:
            yield from targets.get(name, ())

    def _recipes(self, program: str, *patterns: str) -> dict[str, list[Line]]:
        """Give what each target runs, and a line that calls those that it needs."""
        if program in self._targets:
            return self._targets[program]
        found = self._targets.setdefault(program, {})
        for path in self.files.matching(*patterns):
            text = plain(self.files.text(path))
            values = {match["name"]: match["value"].strip() for match in _VALUE.finditer(text)}
            current: list[str] = []
            for number, line in enumerate(text.splitlines(), start=1):
                if line[:1] in {"\t", " "}:
                    recipe = re.sub(r"^[@+-]+", "", _expanded(line.strip(), values))
                    for name in current if recipe else ():
                        found[name].append(Line(recipe, Place(path, number)))
                elif match := _TARGET.match(line):
                    current = match["names"].split()
                    if program == "just":
                        current = current[:1]
                    for name in current:
                        needs = " ".join(re.findall(r"[\w./-]+", match["needs"]))
                        found.setdefault(name, [])
                        if needs:
                            found[name].append(Line(f"{program} {needs}", Place(path, number)))
        return found

    def _task(self, command: Command) -> Iterator[Line]:
        for path in self.files.matching("Taskfile.yml", "Taskfile.yaml"):
            tasks = (self._yaml(path) or Mapping()).get("tasks")
            for name in command.words[1:] or ("default",):
                task = tasks.get(name) if isinstance(tasks, Mapping) else None
                for text in _texts(task):
                    yield Line(text, Place(path))
                    yield Line(f"task {text}", Place(path))
        yield from self._table(command, "tool", "taskipy", "tasks")

    def _poe(self, command: Command) -> Iterator[Line]:
        yield from self._table(command, "tool", "poe", "tasks")

    def _table(self, command: Command, *keys: str) -> Iterator[Line]:
        tasks: dict[str, Any] = self._pyproject.table(*keys) if self._pyproject else {}
        for name in command.words[1:]:
            for text in _texts(tasks.get(name)):
                yield Line(text, Place(self._pyproject.path if self._pyproject else ""))
                if text != name and text in tasks:
                    yield Line(f"{command.program} {text}", Place(""))

    def _poetry(self, command: Command) -> Iterator[Line]:
        """A script of the project's own, or a task of a plugin."""
        if "poe" in command.words[:3]:
            yield from self._poe(command)
        if self._pyproject is None or "run" not in command.words[:4]:
            return
        for keys in (("tool", "poetry", "scripts"), ("project", "scripts")):
            for word in command.words[2:4]:
                target = self._pyproject.get(*keys, word)
                if isinstance(target, str):
                    stem = target.partition(":")[0].replace(".", "/")
                    for path in self.files.matching(f"*{stem}.py", f"*{stem}/__init__.py"):
                        yield from self._python(path)

    def _node(self, command: Command) -> Iterator[Line]:
        """A script of some package.json: which folder it is run in is not told."""
        for word in command.words[1:6]:
            yield from self._node_scripts.get(word, ())

    @cached_property
    def _node_scripts(self) -> dict[str, list[Line]]:
        """The scripts of every package.json, by their names."""
        found: dict[str, list[Line]] = {}
        for path in self.files.matching("package.json"):
            try:
                content = json.loads(self.files.text(path))
            except (ValueError, RecursionError):
                continue
            scripts = content.get("scripts") if isinstance(content, dict) else None
            for name, text in scripts.items() if isinstance(scripts, dict) else ():
                if isinstance(text, str):
                    found.setdefault(name, []).append(Line(text, Place(path)))
        return found

    # Environments, hooks, containers

    def _tox(self, _: Command) -> Iterator[Line]:
        for path in self.files.matching("tox.ini", "setup.cfg"):
            yield from _tox_commands(self.files.text(path), path)
        if self._pyproject is not None:
            legacy = self._pyproject.get("tool", "tox", "legacy_tox_ini")
            if isinstance(legacy, str):
                yield from _tox_commands(legacy, self._pyproject.path)
            for text in _texts(self._pyproject.table("tool", "tox")):
                yield Line(text, Place(self._pyproject.path))

    def _pre_commit(self, command: Command) -> Iterator[Line]:
        if "install" not in command.words[1:2]:
            yield from self._hooks

    def _compose(self, command: Command) -> Iterator[Line]:
        words = set(command.words)
        if not words & {"run", "up", "start", "create"}:
            return
        for path, name, line in self._services:
            if name in words or ("up" in words and any(normpath(word) == path for word in words)):
                yield line

    def _python(self, path: str) -> Iterator[Line]:
        """Give what a script in Python runs, as far as the words stand in the call."""
        text = plain(self.files.text(path))
        for match in _PYTHON_CALL.finditer(text):
            words = re.findall(r"\"([^\"]*)\"|'([^']*)'", match[1])
            if words:
                yield Line(" ".join(double or single for double, single in words), Place(path))


def _expanded(text: str, values: dict[str, str]) -> str:
    for _ in range(3):
        text = _REFERENCE.sub(lambda match: _value(match, values), text)
    return text


def _value(match: re.Match[str], values: dict[str, str]) -> str:
    name = match["name"] or match["just"]
    return values.get(name, "make" if name == "MAKE" else f"${name}")


def _texts(value: Any) -> Iterator[str]:
    """Give the commands in a task, however it is written."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield " ".join(value)
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def _tox_commands(text: str, path: str) -> Iterator[Line]:
    import configparser  # pylint: disable=import-outside-toplevel  # when there is a tox.ini

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return
    for section in parser.sections():
        if section.startswith("testenv") or section.startswith("tox:"):
            for key in ("commands_pre", "commands", "commands_post"):
                for line in parser.get(section, key, fallback="").splitlines():
                    command = re.sub(r"^[\w.,-]+:\s+", "", line.strip().lstrip("-! "))
                    if command:
                        yield Line(command.replace("{posargs}", ""), Place(path))
