"""What a setting is worth in production, where the words of conditions tell."""

from __future__ import annotations

from copy import replace
from typing import Any

from stackyard.project.settings.conditions import holds
from stackyard.project.settings.values import Choice, FromEnvironment, Items, Table, Unknown


def in_production(value: Any) -> Any:
    """Leave out of a value what is not there in production; what a run alone would tell stays a choice."""
    if isinstance(value, Choice):
        options = certain(value)
        return options[0][1] if len(options) == 1 and not options[0][0] else Choice(options)
    if isinstance(value, Items):
        kept = [
            replace(item, value=in_production(item.value), condition="" if told else item.condition)
            for item in value.items
            if (told := holds(item.condition)) is not False
        ]
        return replace(value, items=kept)
    if isinstance(value, Table):
        entries = {
            key: replace(item, value=in_production(item.value))
            for key, item in value.entries.items()
            if holds(item.condition) is not False
        }
        return replace(value, entries=entries)
    if isinstance(value, FromEnvironment) and value.has_default:
        return replace(value, default=in_production(value.default))
    return value


def certain(choice: Choice) -> tuple[tuple[str, Any], ...]:
    """Give the options that production may take: the last one that it surely does, and those after it."""
    options: list[tuple[str, Any]] = []
    for condition, option in choice.options:
        told = holds(condition)
        if told is False:
            continue
        if told:
            options, condition = [], ""
        found = in_production(option)
        if isinstance(found, Choice):
            options += [(inner or condition, value) for inner, value in found.options]
        else:
            options.append((condition, found))
    return tuple(options)


def truth(value: Any) -> bool | None:
    """Say whether a value is true in production; None if only a run would tell."""
    if isinstance(value, (Unknown, FromEnvironment)):
        return holds(value.source)
    if isinstance(value, str):
        return value.lower() not in {"", "0", "false", "no", "off", "f", "n"}
    if value is None or isinstance(value, (bool, int, float)):
        return bool(value)
    return None
