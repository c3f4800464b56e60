"""What a migration has the database do, step by step, with what its models say before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations import Migration, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from stack.postgresql.lint import sql


@dataclass(frozen=True)
class Step:
    """One thing that a migration does.

    Attributes:
        plan: All that the migration does.
        operation: What of the migration it comes of.
        after: The models after the operation.
        sql: One line, as of `sql.steps`; empty for the operation as a whole.
    """

    plan: "Plan"
    operation: Operation
    after: ProjectState
    sql: str = ""

    @property
    def is_new(self) -> bool:
        """Whether nobody reads its table yet; in an app's first migration, what names none is about those."""
        table = sql.table_of(self.sql)
        return table in self.plan.new or (self.plan.is_initial and not table)

    @property
    def model_before(self) -> type[models.Model] | None:
        """The model of its table, as the release that is still running knows it."""
        return _model(self.plan.before, sql.table_of(self.sql))

    @property
    def field_before(self) -> Any:
        """The field of its column, as the release that is still running knows it; None without one."""
        return _field(self.plan.before, self.sql)

    @property
    def field_after(self) -> Any:
        """The field of its column once the operation is done; None without one."""
        return _field(self.after, self.sql)


@dataclass
class Plan:
    """All steps of a migration.

    Attributes:
        migration: The migration.
        before: The models before it.
        steps: What it does.
        new: Tables that nobody reads yet.
    """

    migration: Migration
    before: ProjectState
    steps: list[Step] = field(default_factory=list)
    new: set[str] = field(default_factory=set)

    @property
    def is_initial(self) -> bool:
        """Whether it is an app's first."""
        label, own = self.migration.app_label, self.migration.initial
        return own if own is not None else all(app != label for app, _ in self.migration.dependencies)


class _Editor(DatabaseSchemaEditor):
    """Writes down what it would do, whatever state the database is in."""

    def _constraint_names(self, *_args: Any, **_options: Any) -> list[str]:
        """Name what is to be dropped: in the database at hand it may be gone by now, or not be there yet."""
        return ["unknown"]


def plan_of(migration: Migration, state: ProjectState) -> Plan:
    """Return what a migration does.

    Args:
        migration: The migration.
        state: The models before it; those after it when this returns.
    """
    assert state.apps  # made once, and then changed by each operation: as fast as Django's own executor
    plan = Plan(migration, state.clone())
    label = migration.app_label
    # Of its own, which is in no transaction: within one, Django's concurrent operations refuse.
    connection = connections[DEFAULT_DB_ALIAS].copy()
    try:
        for operation, before, after in _walk(migration.operations, label, state):
            plan.steps.append(Step(plan, operation, after))
            if operation.reduces_to_sql:
                with _Editor(connection, collect_sql=True, atomic=False) as editor:
                    operation.database_forwards(label, editor, before, after)
                lines = sql.steps("\n".join(editor.collected_sql))
                plan.steps += [Step(plan, operation, after, line) for line in lines]
    finally:
        connection.close()
    plan.new |= {sql.table_of(step.sql) for step in plan.steps if step.sql.upper().startswith("CREATE TABLE")}
    if plan.is_initial:
        plan.new |= {model._meta.db_table for model in _models(state) if model._meta.app_label == label}
    return plan


def _walk(
    operations: Sequence[Operation], label: str, state: ProjectState
) -> Iterator[tuple[Operation, ProjectState, ProjectState]]:
    """Yield what works on the database, each with the models before and after."""
    for operation in operations:
        before = state.clone()
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _walk(operation.database_operations, label, state.clone())
            operation.state_forwards(label, state)
        else:
            operation.state_forwards(label, state)
            yield operation, before, state.clone()


def _models(state: ProjectState) -> list[type[models.Model]]:
    return state.apps.get_models(include_auto_created=True)


def _model(state: ProjectState, table: str) -> type[models.Model] | None:
    return next((model for model in _models(state) if model._meta.db_table == table), None)


def _field(state: ProjectState, line: str) -> Any:
    model, column = _model(state, sql.table_of(line)), sql.column_of(line)
    fields = model._meta.concrete_fields if model else ()
    return next((one for one in fields if one.column == column), None)
