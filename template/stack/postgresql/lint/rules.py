"""What stops traffic, and what to do instead: a table."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.models import CheckConstraint, Q

from stack.postgresql.lint.plan import Step

type Judge = Callable[[Step], bool]

STABLE = (
    r"now|statement_timestamp|transaction_timestamp|lower|upper|coalesce|jsonb?_build_\w+"
    r"|array|varchar|char|numeric|decimal"
)
"""Functions that PostgreSQL evaluates once for all rows; and types that look like functions."""


@dataclass(frozen=True)
class Rule:
    """Something that is not to be done to a table in use.

    Attributes:
        name: As waivers have it.
        judge: Says whether a step does it.
        why: How it stops traffic.
        instead: What to do.
    """

    name: str
    judge: Judge
    why: str
    instead: str


def says(pattern: str, unless: str = "(?!)") -> Judge:
    """Return a judge who finds a pattern, unless there is another one, in steps on tables that are in use."""
    wanted, excused = re.compile(pattern, re.IGNORECASE), re.compile(unless, re.IGNORECASE)

    def judge(step: Step) -> bool:
        return bool(wanted.search(step.sql)) and not excused.search(step.sql) and not step.is_new

    return judge


def both(first: Judge, second: Judge) -> Judge:
    """Return a judge who asks two."""
    return lambda step: first(step) and second(step)


def _in_a_transaction(step: Step) -> bool:
    return step.plan.migration.atomic


def _may_hold_nulls(step: Step) -> bool:
    """Say whether all rows are read: they are not if a constraint that was there before says the same."""
    model, field = step.model_before, step.field_before
    checks = [one for one in model._meta.constraints if isinstance(one, CheckConstraint)] if model else []
    return field is None or not any(one.condition == Q(**{f"{field.name}__isnull": False}) for one in checks)


def _rewrites(step: Step) -> bool:
    """Say whether all rows are written anew: they are not where a column only takes more than before."""
    before, after = step.field_before, step.field_after
    if before is None or after is None:
        return True
    old: str = before.db_type(connection)
    new: str = after.db_type(connection)
    if old.startswith("varchar") and new in ("text", "varchar"):
        return False
    sizes = [re.fullmatch(r"(varchar|numeric)\((\d+)(?:, (\d+))?\)", kind) for kind in (old, new)]
    if not all(sizes):
        return old != new
    (kind, size, scale), (new_kind, new_size, new_scale) = (size.groups() for size in sizes if size)
    return (kind, scale) != (new_kind, new_scale) or int(new_size) < int(size)


def _still_read(step: Step) -> bool:
    return (step.field_before if " COLUMN " in step.sql.upper() else step.model_before) is not None


def _needs_a_value(step: Step) -> bool:
    return step.field_after is None or step.field_after.null is False


def _at_once(step: Step) -> bool:
    operation = step.operation
    if step.sql or not isinstance(operation, RunPython) or operation.code is RunPython.noop:
        return False
    return step.plan.migration.atomic or bool(operation.atomic) or not _loops(operation.code)


def _loops(function: Callable[..., object]) -> bool:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return False
    return any(isinstance(node, ast.For | ast.While) for node in ast.walk(tree))


def _is_one_way(step: Step) -> bool:
    return not step.sql and isinstance(step.operation, RunPython | RunSQL) and not step.operation.reversible


def _beside_a_lock(step: Step) -> bool:
    """Say whether rows are changed while a table in use is locked, by what else is in the transaction."""
    changes = _changes_rows(step) or (not step.sql and isinstance(step.operation, RunPython))
    return changes and _in_a_transaction(step) and any(_alters(other) for other in step.plan.steps)


def _validates_what_it_added(step: Step) -> bool:
    return _in_a_transaction(step) and any("NOT VALID" in other.sql.upper() for other in step.plan.steps)


_changes_all = says(
    r"^(WITH .* )?(UPDATE|DELETE FROM|MERGE INTO) |^INSERT INTO .* SELECT\b", unless=r"\bLIMIT\b"
)
_changes_rows = says(r"^(WITH .* )?(UPDATE|DELETE FROM|MERGE INTO|INSERT INTO) ")
_alters = says(r"^ALTER TABLE ")
_READS_ALL = "Every row is read while nobody else may write, or even read."

RULES = [
    Rule(
        "index",
        says(r"^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)"),
        "Nobody writes to the table until the index is built.",
        "AddIndexConcurrently, in a migration with atomic = False; for a field's own index, db_index=False "
        "and an index in Meta.",
    ),
    Rule(
        "drop-index",
        says(r"^DROP INDEX (?!CONCURRENTLY)"),
        "It waits for every query of the table, and all others wait behind it.",
        "RemoveIndexConcurrently, in a migration with atomic = False.",
    ),
    Rule(
        "unique",
        says(r" ADD (CONSTRAINT \S+ )?UNIQUE\b(?! USING INDEX)| ADD COLUMN .* UNIQUE\b"),
        "Nobody reads or writes the table until the constraint's index is built.",
        "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... UNIQUE USING INDEX, by RunSQL with the "
        "constraint in state_operations.",
    ),
    Rule(
        "exclusion",
        says(r" ADD (CONSTRAINT \S+ )?EXCLUDE\b"),
        "Nobody reads or writes the table until its index is built; there is no way to build it beforehand.",
        "A new table with the constraint, filled in batches; or a waiver, for a table that is small.",
    ),
    Rule(
        "primary-key",
        says(r" ADD (CONSTRAINT \S+ )?PRIMARY KEY\b(?! USING INDEX)| ADD COLUMN .* PRIMARY KEY\b"),
        "Nobody reads or writes the table until its index is built.",
        "CREATE UNIQUE INDEX CONCURRENTLY on a column that is NOT NULL by now, then ADD PRIMARY KEY USING "
        "INDEX.",
    ),
    Rule(
        "foreign-key",
        says(
            r" ADD (CONSTRAINT \S+ )?FOREIGN KEY\b| ADD COLUMN .* (NOT NULL|DEFAULT)\b.* REFERENCES\b",
            unless="NOT VALID",
        ),
        "Every row is looked up while nobody writes to either table.",
        "db_constraint=False first; then RunSQL ADD CONSTRAINT ... FOREIGN KEY ... NOT VALID, and VALIDATE "
        "CONSTRAINT in a later migration.",
    ),
    Rule(
        "check",
        says(r" ADD (CONSTRAINT \S+ )?CHECK\b| ADD COLUMN .* CHECK\b", unless="NOT VALID"),
        _READS_ALL,
        "AddConstraintNotValid, and ValidateConstraint in a later migration. A Positive...Field brings a "
        "check of its own: take one without, and a constraint.",
    ),
    Rule(
        "validate",
        both(says(r" VALIDATE CONSTRAINT "), _validates_what_it_added),
        "The lock that the constraint was added under is kept while every row is read.",
        "ValidateConstraint in a migration of its own.",
    ),
    Rule(
        "set-not-null",
        both(says(r" ALTER COLUMN \S+ SET NOT NULL"), _may_hold_nulls),
        _READS_ALL,
        "AddConstraintNotValid of CheckConstraint(condition=Q(field__isnull=False)), ValidateConstraint, and "
        "then this.",
    ),
    Rule(
        "volatile-default",
        says(rf" ADD COLUMN .* DEFAULT\b.*\b(?!(?:{STABLE})\()\w+\(", unless=r"GENERATED|CHECK"),
        "Every row is written anew, each with its own value, while nobody reads or writes.",
        "A column that may be NULL; its default in a later migration; then values for old rows, in batches.",
    ),
    Rule(
        "generated",
        says(r" ADD COLUMN .* GENERATED ALWAYS AS .*\bSTORED\b"),
        "Every row is written anew while nobody reads or writes.",
        "db_persist=False where PostgreSQL is 18 or later; else a plain column, filled by a trigger and in "
        "batches.",
    ),
    Rule(
        "identity",
        says(r" ADD COLUMN .*(\bAS IDENTITY\b|(?<![\w])(small|big)?serial\b)"),
        "Every row is written anew, each with its own number, while nobody reads or writes.",
        "A column that may be NULL, a sequence as its default in a later migration, then numbers in batches.",
    ),
    Rule(
        "collation",
        says(r" ALTER COLUMN \S+ (SET DATA )?TYPE .*COLLATE\b"),
        "Every index of the column is built anew while nobody reads or writes.",
        "A new column with the collation, written by both releases, filled in batches, read by the next one.",
    ),
    Rule(
        "type",
        both(says(r" ALTER COLUMN \S+ (SET DATA )?TYPE\b", unless="COLLATE"), _rewrites),
        "Every row is written anew, and every index of the column, while nobody reads or writes.",
        "A new column, written by both releases, filled in batches, read by the next one.",
    ),
    Rule(
        "not-null-without-default",
        says(r" ADD COLUMN .*\bNOT NULL\b", unless=r"\bDEFAULT\b|\bGENERATED\b|serial\b"),
        "The release that is still running writes rows without it, which fail; rows that are there fail now.",
        "db_default, which stays in the database; Django's default does not.",
    ),
    Rule(
        "dropped-default",
        both(says(r" ALTER COLUMN \S+ DROP DEFAULT"), _needs_a_value),
        "The release that is still running writes rows without the column, which fail.",
        "db_default, which stays in the database; Django's default does not.",
    ),
    Rule(
        "rename-column",
        says(r" RENAME COLUMN "),
        "The release that is still running reads and writes the old name, which fails.",
        "db_column with the old name; or a new column, written by both releases.",
    ),
    Rule(
        "rename-table",
        says(r"^ALTER TABLE .* RENAME TO "),
        "The release that is still running reads and writes the old name, which fails.",
        "db_table with the old name.",
    ),
    Rule(
        "drop-column",
        both(says(r" DROP COLUMN "), _still_read),
        "The release that is still running reads and writes it, which fails.",
        "A release that takes the field out of the models alone, by SeparateDatabaseAndState; the column "
        "goes with the next one, by RunSQL.",
    ),
    Rule(
        "drop-table",
        both(says(r"^DROP TABLE "), _still_read),
        "The release that is still running reads and writes it, which fails.",
        "A release that takes the model out of the state alone, by SeparateDatabaseAndState; the table goes "
        "with the next one, by RunSQL.",
    ),
    Rule(
        "truncate",
        says(r"^TRUNCATE "),
        "It waits for every query of the table, all others wait behind it, and what they read is gone.",
        "Delete in batches.",
    ),
    Rule(
        "lock",
        says(r"^LOCK "),
        "All others wait until the migration has ended.",
        "Nothing: each statement takes the lock that it needs.",
    ),
    Rule(
        "rewrite",
        says(
            r"^CLUSTER\b|^VACUUM\b.*\bFULL\b|^ALTER TABLE .* SET (UNLOGGED|LOGGED|TABLESPACE|ACCESS METHOD)\b"
        ),
        "The table is written anew while nobody reads or writes.",
        "pg_repack, apart from migrations.",
    ),
    Rule(
        "reindex",
        says(r"^REINDEX\b|^REFRESH MATERIALIZED VIEW\b", unless="CONCURRENTLY"),
        "Nobody writes, and many can't read, until it is built.",
        "The same with CONCURRENTLY, in a migration with atomic = False.",
    ),
    Rule(
        "concurrently-in-a-transaction",
        both(says(r"\bCONCURRENTLY\b"), _in_a_transaction),
        "PostgreSQL refuses it within a transaction: the release does not come up.",
        "atomic = False, and nothing else in this migration.",
    ),
    Rule(
        "data-beside-schema",
        _beside_a_lock,
        "The lock on the table is kept until all of its rows are changed.",
        "Two migrations: one for the table, one with atomic = False for its rows.",
    ),
    Rule(
        "rows-at-once",
        lambda step: _at_once(step) or _changes_all(step),
        "All rows that it changes are locked until the last one is changed.",
        "RunPython with a loop over batches, each of a transaction of its own, in a migration with atomic = "
        "False.",
    ),
    Rule(
        "one-way",
        _is_one_way,
        "A release that goes wrong can't be taken back, and goes on being wrong.",
        "reverse_code or reverse_sql; RunPython.noop or RunSQL.noop where nothing has to be done.",
    ),
]
