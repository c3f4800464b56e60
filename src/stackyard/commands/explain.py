"""`stackyard explain`: the manual page of a rule, or the list of all."""

from __future__ import annotations

from pathlib import Path

from stackyard.checking.registry import read_rules
from stackyard.commands.output import Words
from stackyard.errors import UserError
from stackyard.rule import Rule
from stackyard.standard.reader import Standard, read_standard


def explain(name: str | None, stack: Path | None, output: Words) -> int:
    """Show the manual page of a rule, or the list of all.

    Args:
        name: The rule's id; None for the list.
        stack: A team's stack file, for the levels.
        output: Where it is shown.

    Raises:
        UserError: There is no such rule.
    """
    rules, standard = read_rules(), read_standard(stack)
    if name is None:
        width = max(map(len, rules))
        lines = [f"{rule.id:<{width}}  {_level(rule, standard):<11}  {rule.title}" for rule in rules.values()]
        output.show("".join(f"{line}\n" for line in lines))
        return 0
    if name not in rules:
        near = ", ".join(known for known in rules if set(name.split("-")) & set(known.split("-")))
        raise UserError(
            "The id of a rule",
            found=repr(name),
            where="stackyard explain",
            remedy=f"Perhaps one of {near}." if near else "`stackyard explain` without one lists them.",
        )
    rule = rules[name]
    entry = standard.entries.get(rule.entry)
    of = f", for {entry.name}" if entry else ""
    output.show(f"{rule.id}: {_level(rule, standard)}{of}\n\n{rule.page}\n")
    return 0


def _level(rule: Rule, standard: Standard) -> str:
    return standard.level(rule.id, rule.entry) or "off"
