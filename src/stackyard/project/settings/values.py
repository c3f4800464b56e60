"""What an expression in a settings file is worth, as far as that can be told without running it.

A text, number, boolean or None stands for itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stackyard.formats.place import Place


class Unknown(NamedTuple):
    """Something that only a run would tell.

    Attributes:
        source: The expression, as it is written.
        variables: The environment variables that it depends on.
    """

    source: str
    variables: frozenset[str] = frozenset()


UNSET = Unknown("nothing")
"""What a setting is worth that is not set: Django's default."""


class Function(NamedTuple):
    """A function that a module defines.

    Attributes:
        node: Its definition.
    """

    node: ast.FunctionDef | ast.AsyncFunctionDef


class FromEnvironment(NamedTuple):
    """The value of an environment variable.

    Attributes:
        source: The expression, as it is written.
        variable: The variable's name.
        has_default: Whether it may be unset.
        default: What it is worth then.
    """

    source: str
    variable: str
    has_default: bool = False
    default: Any = None

    @property
    def variables(self) -> frozenset[str]:
        """The environment variables that it depends on."""
        return frozenset({self.variable})


class Choice(NamedTuple):
    """One of several values, by a condition.

    Attributes:
        options: The condition of each, as it is written, empty for none, and the value.
        is_whole: Whether one of the conditions surely holds: those of an `if` and its `else`.
    """

    options: tuple[tuple[str, Any], ...]
    is_whole: bool = False

    @property
    def variables(self) -> frozenset[str]:
        """The environment variables that it depends on."""
        return frozenset().union(*(variables_of(value) for _, value in self.options))


class Item(NamedTuple):
    """An entry of a list.

    Attributes:
        value: What it is worth.
        where: Where it is written.
        condition: What must hold for it to be there, as it is written; empty if it always is.
    """

    value: Any
    where: Place
    condition: str = ""


@dataclass(slots=True)
class Items:
    """A list, tuple or set.

    Attributes:
        items: Its entries.
        is_whole: Whether these are all.
        variables: The environment variables that it depends on.
        is_ordered: Whether the order is known.
    """

    items: list[Item] = field(default_factory=list)
    is_whole: bool = True
    variables: frozenset[str] = frozenset()
    is_ordered: bool = True

    def texts(self) -> list[str]:
        """Give the entries that are texts."""
        return [item.value for item in self.items if isinstance(item.value, str)]

    def become(self, other: Items) -> Items:
        """Take over what another list has, as whoever else holds this one sees; give this one."""
        self.items, self.is_whole = list(other.items), other.is_whole
        self.variables, self.is_ordered = other.variables, other.is_ordered
        return self

    def item(self, value: object) -> Item | None:
        """Give the entry of a value; None if there is none."""
        return next((item for item in self.items if item.value == value), None)

    def copy(self) -> Items:
        """Give a list of its own."""
        return Items(list(self.items), self.is_whole, self.variables, self.is_ordered)


@dataclass(slots=True)
class Table:
    """A dictionary.

    Attributes:
        entries: What it has by each key that is a text.
        is_whole: Whether these are all.
        variables: The environment variables that it depends on.
    """

    entries: dict[str, Item] = field(default_factory=dict)
    is_whole: bool = True
    variables: frozenset[str] = frozenset()

    def get(self, *keys: str) -> Any:
        """Give what it, and the tables in it, have by keys; None if that is nothing."""
        value: Any = self
        for key in keys:
            if not isinstance(value, Table) or key not in value.entries:
                return None
            value = value.entries[key].value
        return value

    def become(self, other: Table) -> Table:
        """Take over what another table has, as whoever else holds this one sees; give this one."""
        self.entries, self.is_whole, self.variables = dict(other.entries), other.is_whole, other.variables
        return self

    def place(self, key: str) -> Place | None:
        """Tell where a key is written; None if it is not there."""
        entry = self.entries.get(key)
        return entry.where if entry else None

    def copy(self) -> Table:
        """Give a table of its own."""
        return Table(dict(self.entries), self.is_whole, self.variables)


def variables_of(value: object) -> frozenset[str]:
    """Give the environment variables that a value depends on."""
    if isinstance(value, (Unknown, FromEnvironment, Choice)):
        return value.variables
    if isinstance(value, Items):
        return value.variables.union(*(variables_of(item.value) for item in value.items))
    if isinstance(value, Table):
        return value.variables.union(*(variables_of(item.value) for item in value.entries.values()))
    return frozenset()


def possible(value: object) -> Iterator[Any]:
    """Give every value that something may have: of a choice each, of a variable its default as well."""
    if isinstance(value, Choice):
        for _, option in value.options:
            yield from possible(option)
    elif isinstance(value, FromEnvironment):
        yield value
        if value.has_default:
            yield from possible(value.default)
    else:
        yield value


def texts_in(value: object) -> Iterator[str]:
    """Give every text in a value, its keys and what it depends on by source among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Unknown):
        yield value.source
    elif isinstance(value, FromEnvironment):
        yield value.source
        yield from texts_in(value.default)
    elif isinstance(value, Choice):
        for _, option in value.options:
            yield from texts_in(option)
    elif isinstance(value, Items):
        for item in value.items:
            yield from texts_in(item.value)
    elif isinstance(value, Table):
        for key, entry in value.entries.items():
            yield key
            yield from texts_in(entry.value)
