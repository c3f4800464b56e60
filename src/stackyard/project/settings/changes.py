"""What the methods of lists and tables change in them."""

from __future__ import annotations

from copy import replace
from typing import Any

from stackyard.formats.place import Place
from stackyard.project.settings.scope import both, entry, listed, updated
from stackyard.project.settings.values import Choice, Items, Table


def change(held: Any, method: str, values: list[Any], where: Place, condition: str) -> None:
    """Call a method.

    Args:
        held: The list or the table; of a choice each of its options, of all else nothing.
        method: The method's name.
        values: What it is given.
        where: Where that is.
        condition: What must hold for it to be called.
    """
    for items in _lists_in(held):
        _change_list(items, method, values, where, condition)
    for table in tables_in(held):
        match method, values:
            case "update", [value]:
                table.become(updated(table, value, condition))
            case "setdefault", [str() as key, value]:
                table.entries.setdefault(key, entry(value, where, condition))
            case "pop", [str() as key, *_] if not condition:
                table.entries.pop(key, None)


def _change_list(items: Items, method: str, values: list[Any], where: Place, condition: str) -> None:
    match method, values:
        case "append", [value]:
            items.items.append(entry(value, where, condition))
        case "insert", [at, value]:
            items.is_ordered = items.is_ordered and isinstance(at, int) and (items.is_whole or at == 0)
            end = at if isinstance(at, int) else len(items.items)
            items.items.insert(end, entry(value, where, condition))
        case "extend", [value]:
            more = listed(value, condition)
            items.items += more.items
            items.is_whole = items.is_whole and more.is_whole
        case "remove", [value]:
            items.items = [
                replace(item, condition=both(item.condition, f"not ({condition})")) if same else item
                for item in items.items
                if not (same := item.value == value) or condition
            ]
        case "sort" | "reverse" | "pop" | "clear", _:
            items.is_whole = items.is_ordered = False


def _lists_in(value: Any) -> list[Items]:
    if isinstance(value, Choice):
        return [items for _, option in value.options for items in _lists_in(option)]
    return [value] if isinstance(value, Items) else []


def tables_in(value: Any) -> list[Table]:
    """Give a table; of a choice every one that is among its options."""
    if isinstance(value, Choice):
        return [table for _, option in value.options for table in tables_in(option)]
    return [value] if isinstance(value, Table) else []
