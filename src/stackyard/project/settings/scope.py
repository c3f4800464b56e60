"""The names that a settings module has, and how they change."""

from __future__ import annotations

from copy import replace
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stackyard.formats.place import Place
from stackyard.project.settings.values import (
    Choice,
    FromEnvironment,
    Function,
    Item,
    Items,
    Table,
    Unknown,
    variables_of,
)

_SIZE = 2_000  # entries of a value, those of what is in it as well
_DEPTH = 40  # of values in values
_OPTIONS = 200  # of a choice


class Binding(NamedTuple):
    """What a name stands for.

    Attributes:
        value: What it is worth.
        where: Where it was last bound.
    """

    value: Any
    where: Place


@dataclass(slots=True)
class Scope:
    """The names of a module or class.

    Attributes:
        path: The file.
        names: What each name stands for.
        schemes: The names that read the environment by a scheme: the default of each variable in it.
        conditions: Those that hold where the reader is.
        is_whole: Whether these are all: not if code that is not there may have added some, or changed them.
        kept: The names that such code leaves alone.
        may_lack: Whether a module that is imported where the reader is may be missing.
    """

    path: str
    names: dict[str, Binding] = field(default_factory=dict)
    schemes: dict[str, dict[str, Any]] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    is_whole: bool = True
    kept: frozenset[str] = frozenset()
    may_lack: bool = False

    @property
    def condition(self) -> str:
        """All conditions that hold, as one."""
        return " and ".join(f"({one})" if len(self.conditions) > 1 else one for one in self.conditions)

    def bind(self, name: str, value: Any, where: Place) -> None:
        """Let a name stand for a value: under a condition, for what it was as well."""
        before = self.names.get(name)
        if self.conditions and not (before is None and isinstance(value, Scope)):
            options = _options(before.value)[-_OPTIONS:] if before else ()
            value = Choice(
                (*options, (self.condition, value)), before is not None and _is_whole(before.value)
            )
        self.names[name] = Binding(value, where)

    def settle(self, name: str, before: Binding | None) -> None:
        """Forget what a name was before an `if` of which each branch gives it a value."""
        binding = self.names.get(name)
        if self.conditions or binding is None or not isinstance(binding.value, Choice):
            return
        earlier = len(_options(before.value)) if before else 0
        options = binding.value.options[earlier:]
        if earlier < _OPTIONS and len(options) > 1:
            self.names[name] = replace(binding, value=Choice(options, is_whole=True))

    def take(self, other: Scope) -> None:
        """Take what another module exports, as a star import does: lists and tables are the same in both."""
        exported = other.names.get("__all__")
        chosen = set(exported.value.texts()) if exported and isinstance(exported.value, Items) else None
        for name, binding in other.names.items():
            if name in chosen if chosen is not None else not name.startswith("_"):
                self.bind(name, binding.value, binding.where)
        self.schemes |= other.schemes
        if not other.is_whole:
            self._keep(other.kept)

    def _keep(self, names: frozenset[str]) -> None:
        self.kept = names if self.is_whole else self.kept & names
        self.is_whole = False

    def open(self, kept: frozenset[str] = frozenset()) -> None:
        """Note that code that is not there may add names, and change those that there are.

        Lists stay what they are, but for what may have been added: their order is still that of the file.

        Args:
            kept: The names that it leaves alone.
        """
        self._keep(kept)
        for name, binding in self.names.items():
            if name in kept:
                continue
            lists = [option for _, option in _options(binding.value) if isinstance(option, Items)]
            for items in lists:
                items.is_whole = False
            elsewhere = ("elsewhere", Unknown("another module's"))
            is_open = isinstance(binding.value, (Scope, Function, Unknown))
            if not lists and not is_open and elsewhere not in _options(binding.value):
                value = Choice((*_options(binding.value), elsewhere), _is_whole(binding.value))
                self.names[name] = Binding(value, binding.where)


def _is_whole(value: Any) -> bool:
    return isinstance(value, Choice) and value.is_whole


def _options(value: Any) -> tuple[tuple[str, Any], ...]:
    return value.options if isinstance(value, Choice) else (("", value),)


def cloned(value: Any) -> tuple[Any, int]:
    """Give a value of one's own, that can be changed, and its size; of one that is too large, a part."""
    left = [_SIZE]
    return _cloned(value, left, 0), _SIZE - left[0]


def _cloned(value: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > _DEPTH:
        return Unknown("a part")
    if isinstance(value, Items):
        # Without `replace`, which is slow.
        items = [
            Item(_cloned(item.value, left, depth + 1), item.where, item.condition)
            for item in value.items[: left[0] + 1]
        ]
        is_whole = value.is_whole and len(items) == len(value.items)
        return Items(items, is_whole, value.variables, value.is_ordered)
    if isinstance(value, Table):
        entries = {
            key: Item(_cloned(item.value, left, depth + 1), item.where, item.condition)
            for key, item in value.entries.items()
        }
        return Table(entries, value.is_whole, value.variables)
    if isinstance(value, Choice):
        options = value.options[-_OPTIONS:]
        return Choice(
            tuple((condition, _cloned(option, left, depth + 1)) for condition, option in options),
            value.is_whole,
        )
    return value


def both(one: str, other: str) -> str:
    """Give the condition that holds if both of two do."""
    return f"({one}) and ({other})" if one and other else one or other


def listed(value: Any, condition: str = "") -> Items:
    """Take a value for a list.

    Args:
        value: A list, or a choice between some; all else is a list of which nothing is known.
        condition: What must hold for its entries to be there.
    """
    if isinstance(value, Items):
        items = (
            [replace(item, condition=both(condition, item.condition)) for item in value.items]
            if condition
            else list(value.items)
        )
        return Items(items, value.is_whole, value.variables, value.is_ordered)
    if isinstance(value, Choice):
        made = Items()
        for option, alternative in value.options:
            made = joined(made, listed(alternative, both(condition, option)))
        return made
    if isinstance(value, FromEnvironment) and isinstance(value.default, Items):
        return Items(list(value.default.items), False, value.variables, value.default.is_ordered)
    return Items([], False, variables_of(value))


def joined(one: Items, other: Items) -> Items:
    """Give one list after another; of an entry that is in both under different conditions, both."""
    known = {(id(item.where), item.condition, str(item.value)) for item in one.items}
    more = [item for item in other.items if (id(item.where), item.condition, str(item.value)) not in known]
    return Items(
        [*one.items, *more],
        one.is_whole and other.is_whole,
        one.variables | other.variables,
        one.is_ordered and other.is_ordered,
    )


def is_list(value: Any) -> bool:
    """Say whether a value is a list, or a choice of which one is."""
    if isinstance(value, Choice):
        return any(is_list(option) for _, option in value.options)
    return isinstance(value, Items)


def added(one: Any, other: Any) -> Items:
    """Give one list after another; of what is no list, nothing is known."""
    left, right = listed(one), listed(other)
    items = [*left.items, *right.items]
    return Items(
        items[:_SIZE],
        left.is_whole and right.is_whole and len(items) <= _SIZE,
        left.variables | right.variables,
        left.is_ordered and right.is_ordered,
    )


def updated(one: Any, other: Any, condition: str = "") -> Table:
    """Give a table with another's entries over its own."""
    table = one.copy() if isinstance(one, Table) else Table({}, False, variables_of(one))
    if isinstance(other, Table):
        table.entries |= {
            key: replace(item, condition=both(condition, item.condition))
            for key, item in other.entries.items()
        }
        table.is_whole = table.is_whole and other.is_whole
        table.variables |= other.variables
    elif isinstance(other, Choice):
        for option, alternative in other.options:
            table = updated(table, alternative, both(condition, option))
    else:
        table.is_whole = False
        table.variables |= variables_of(other)
    return table


def entry(value: Any, where: Place, condition: str = "") -> Item:
    """Make an entry of a list or table."""
    return Item(value, where, condition)
