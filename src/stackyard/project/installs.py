"""What pip is told to install, past Poetry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stackyard.formats.place import Line, Place
from stackyard.formats.regexes import regex
from stackyard.project.commands import commands
from stackyard.project.names import normalized

_PIP = regex(r"pip[\d.]*$")
_FILES = {"-r", "--requirement"}
_VALUED = frozenset(
    "-c --constraint -i --index-url --extra-index-url -t --target --prefix --root -f --find-links --cert"
    " --trusted-host --cache-dir --timeout --default-timeout --retries --no-binary --only-binary --python"
    " --platform --python-version --abi --implementation --progress-bar --log --proxy --upgrade-strategy"
    " --src -e --editable --config-settings --report --use-feature --group --exists-action"
    " --client-cert".split()
)
_NAME = regex(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^]]*\])?\s*(?:[<>=!~;].*)?$")


class Install(NamedTuple):
    """A call of pip that installs.

    Attributes:
        packages: The packages that it names, as PEP 503 writes them; no paths, and nothing of a variable.
        requirements: The requirements files that it names.
        text: The whole of it.
        where: Where it stands.
    """

    packages: tuple[str, ...]
    requirements: tuple[str, ...]
    text: str
    where: Place


def installs(line: Line) -> Iterator[Install]:
    """Find what a script has pip install."""
    for command in commands(line, having="pip") if "install" in line.text else ():
        words = list(command.words[1:])
        if _PIP.match(command.program) and "install" in words[:3]:
            yield _install(words[words.index("install") + 1 :], command.text, command.where)


def named(calls: Iterable[Install]) -> frozenset[str]:
    """Give the packages that some calls name."""
    return frozenset(name for call in calls for name in call.packages)


def _install(words: list[str], text: str, where: Place) -> Install:
    packages, requirements = [], []
    while words:
        word = words.pop(0)
        option, equals, value = word.partition("=")
        if option in _FILES:
            requirements += [value] if equals else words[:1]
            del words[: 0 if equals else 1]
        elif word.startswith("-r") and len(word) > 2:
            requirements.append(word[2:])
        elif word in _VALUED:
            del words[:1]
        elif not word.startswith(("-", ".", "/", "$")) and "$" not in word and (match := _NAME.match(word)):
            if not word.endswith((".whl", ".gz", ".zip")):
                packages.append(normalized(match["name"]))
    return Install(tuple(packages), tuple(requirements), text, where)
