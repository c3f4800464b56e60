"""Migrations, held to the rules."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from stack.postgresql.lint.plan import Plan, Step, plan_of
from stack.postgresql.lint.rules import RULES, Rule

OWN = ("apps.", "stack.")
WAIVERS = "lint_waivers"
"""What a migration calls its waivers: reasons, by the names of rules."""
UNUSED = Rule(
    "waiver",
    lambda step: False,
    "A waiver that nothing needs, or that has no reason, hides what comes next.",
    f"Take it out of {WAIVERS}, or say why.",
)


class Finding(NamedTuple):
    """Something that would stop traffic.

    Attributes:
        migration: Where it is, such as ``orders.0002_total``.
        operation: What of it, in Django's words.
        rule: The rule's name.
        sql: What the database would be told; empty for what can't be written as SQL.
        why: How it stops traffic.
        instead: What to do.
    """

    migration: str
    operation: str
    rule: str
    sql: str
    why: str
    instead: str

    def __str__(self) -> str:
        """Return all of it, for people."""
        lines = [f"{self.migration}: {self.rule}: {self.operation}", self.sql, self.why]
        return "\n    ".join(filter(None, [*lines, f"Instead: {self.instead}"]))


def lint(labels: Iterable[str] = ()) -> list[Finding]:
    """Look at the project's own migrations, but for those that are past by MIGRATIONS_LINTED_AFTER.

    Args:
        labels: Apps; all of the project's own, if there are none.
    """
    graph = MigrationLoader(None).graph
    wanted = set(labels) or {config.label for config in apps.get_app_configs() if config.name.startswith(OWN)}
    past = {key for node in settings.MIGRATIONS_LINTED_AFTER.items() for key in graph.forwards_plan(node)}
    state, found = ProjectState(), list[Finding]()
    for key in dict.fromkeys(key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf)):
        migration = graph.nodes[key]
        if key[0] in wanted and key not in past:
            found += findings_of(migration, state)
        else:
            state = migration.mutate_state(state, preserve=False)
    return found


def baseline() -> dict[str, str]:
    """Return what MIGRATIONS_LINTED_AFTER says when all that is there by now has been applied."""
    return {
        label: name
        for label, name in MigrationLoader(None).graph.leaf_nodes()
        if apps.get_app_config(label).name.startswith(OWN)
    }


def findings_of(migration: Migration, state: ProjectState) -> Iterator[Finding]:
    """Yield what a migration would stop traffic by, less what it waives.

    Args:
        migration: The migration.
        state: The models before it; those after it once all is found.
    """
    plan = plan_of(migration, state)
    waivers: dict[str, str] = getattr(migration, WAIVERS, {})
    used = set()
    for step, rule in _broken(plan):
        if waivers.get(rule.name, "").strip():
            used.add(rule.name)
        else:
            yield _finding(step.operation.describe(), step.plan, rule, step.sql)
    for name in waivers.keys() - used:
        yield _finding(name, plan, UNUSED)


def _broken(plan: Plan) -> Iterator[tuple[Step, Rule]]:
    for step in plan.steps:
        if step.sql or not plan.is_initial:
            yield from ((step, rule) for rule in RULES if rule.judge(step))


def _finding(operation: str, plan: Plan, rule: Rule, sql: str = "") -> Finding:
    name = f"{plan.migration.app_label}.{plan.migration.name}"
    return Finding(name, operation, rule.name, sql, rule.why, rule.instead)
