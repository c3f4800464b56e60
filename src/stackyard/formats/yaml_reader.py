"""Reading YAML, within bounds.

What YAML 1.1 makes of scalars (`on` is true, `22:22` is 1342) is not what Docker and GitHub make of them: all
but `true`, `false` and null stay texts.
"""

from __future__ import annotations

import re
from typing import Any, cast

import yaml

from stackyard.formats.place import UnreadableError
from stackyard.formats.yamls import Mapping, Sequence

DEPTH = 100
"""The deepest nesting that is read: PyYAML's composer recurses in C, without a limit of its own."""

NODES = 200_000
"""The most entries that are read, each counted as often as aliases repeat it."""

_MERGE = "tag:yaml.org,2002:merge"
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_BASE = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class _Loader(_BASE):  # type: ignore[misc, valid-type]  # whichever of the two there is
    """Tells plain booleans from quoted ones; of numbers and dates, which PyYAML tries all for, nothing."""

    yaml_implicit_resolvers = {
        letter: [("tag:yaml.org,2002:bool", re.compile(rf"(?:{'|'.join(_BOOLEANS)})\Z"))] for letter in "tTfF"
    }


def read_yaml(text: str) -> list[Any]:
    """Read YAML.

    Args:
        text: One document or several.

    Returns:
        The documents: of `Mapping`, `Sequence`, texts, booleans and None.

    Raises:
        UnreadableError: It is not YAML, or nests or repeats itself beyond the bounds.
    """
    try:
        _bound(text)
        return [_Builder().value(node) for node in yaml.compose_all(text, Loader=_Loader)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(
            f"not YAML: {error.problem or error.context}", mark.line + 1 if mark else 0
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(f"not YAML: {' '.join(str(error).split())}") from error


def _bound(text: str) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            raise UnreadableError(f"nested more than {DEPTH} deep", _line(event))
        if count > 2 * NODES:
            raise UnreadableError(f"more than {NODES:,} entries", _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


class _Builder:
    """Makes values of nodes; an alias gives the value of its anchor, not a copy."""

    def __init__(self) -> None:
        self._values: dict[int, Any] = {}
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()

    def value(self, node: yaml.Node) -> Any:
        if id(node) in self._open:
            raise UnreadableError("an alias within its own anchor", node.start_mark.line + 1)
        if id(node) not in self._values:
            self._open.add(id(node))
            self._values[id(node)], self._sizes[id(node)] = self._made(node)
            self._open.remove(id(node))
        if self._sizes[id(node)] > NODES:
            raise UnreadableError(f"aliases make it more than {NODES:,} entries", node.start_mark.line + 1)
        return self._values[id(node)]

    def _made(self, node: yaml.Node) -> tuple[Any, int]:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, line)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, line)
        return _scalar(cast("yaml.ScalarNode", node)), 1

    def _sequence(self, node: yaml.SequenceNode, line: int) -> tuple[Sequence, int]:
        made, size = Sequence(line), 1
        for entry in node.value:
            made.append(self.value(entry))
            made.lines.append(entry.start_mark.line + 1)
            size += self._sizes[id(entry)]
        return made, size

    def _mapping(self, node: yaml.MappingNode, line: int) -> tuple[Mapping, int]:
        made, size, merged = Mapping(line), 1, []
        for key, entry in node.value:
            value = self.value(entry)
            size += 1 + self._sizes[id(entry)]
            if key.tag == _MERGE or key.value == "<<":
                merged += value if isinstance(value, Sequence) else [value]
                continue
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            made[name] = value
            made.lines[name] = key.start_mark.line + 1
            if not entry.tag.startswith("tag:yaml.org,2002:"):
                made.tags[name] = entry.tag
        for other in merged:  # the first of them wins, and one's own entries before any
            if isinstance(other, Mapping):
                for name in [name for name in other if name not in made]:
                    made[name], made.lines[name] = other[name], other.lines[name]
        return made, size


def _scalar(node: yaml.ScalarNode) -> str | bool | None:
    text: str = node.value
    if node.style in {"'", '"', "|", ">"} or node.tag == "tag:yaml.org,2002:str" and text not in _NULLS:
        return text
    if text in _NULLS:
        return None
    return _BOOLEANS.get(text, text)
