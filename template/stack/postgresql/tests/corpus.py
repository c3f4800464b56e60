"""Migrations that stop traffic, and others that come to the same and do not."""

# mypy: disable-error-code="no-untyped-def,no-untyped-call"
# pylint: disable=missing-function-docstring,unused-argument

from typing import Any, NamedTuple

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import models
from django.db.migrations import operations as op
from django.db.migrations.operations.base import Operation
from django.db.models import F, Q
from django.db.models.functions import Now, Upper

type Field = models.Field[Any, Any]

LABEL = "corpus"
TABLE = "corpus_thing"


class Case(NamedTuple):
    """A migration.

    Attributes:
        operations: What it does.
        rule: What it is flagged by; empty for one that is safe.
        before: What was done before it, beyond `BASE`.
        atomic: Whether it is one transaction.
    """

    operations: list[Operation]
    rule: str = ""
    before: tuple[Operation, ...] = ()
    atomic: bool = True


def sql(text: str, back: str = op.RunSQL.noop, **more: Any) -> op.RunSQL:
    return op.RunSQL(text, back, **more)


def at_once(apps, schema_editor) -> None:
    schema_editor.execute(f"UPDATE {TABLE} SET number = 1")


def in_batches(apps, schema_editor) -> None:
    for start in range(0, 10, 5):
        schema_editor.execute(f"UPDATE {TABLE} SET number = 1 WHERE id BETWEEN %s AND %s", [start, start + 4])


def add(name: str, field: Field) -> op.AddField:
    return op.AddField("thing", name, field)


def alter(name: str, field: Field) -> op.AlterField:
    return op.AlterField("thing", name, field)


BASE: tuple[Operation, ...] = (
    op.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
    op.CreateModel(
        "Thing",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=20)),
            ("label", models.CharField(max_length=20, db_column="title", default="")),
            ("note", models.TextField(null=True)),
            ("number", models.IntegerField(default=0)),
            ("price", models.DecimalField(max_digits=8, decimal_places=2, default=0)),
            ("during", DateTimeRangeField(null=True)),
            (
                "other",
                models.ForeignKey(
                    f"{LABEL}.other", models.CASCADE, null=True, db_constraint=False, db_index=False
                ),
            ),
        ],
    ),
)
INDEX = models.Index(fields=["name"], name="corpus_by_name")
POSITIVE = models.CheckConstraint(condition=Q(number__gte=0), name="corpus_positive")
NOTED = models.CheckConstraint(condition=Q(note__isnull=False), name="corpus_noted")
LINK = f"ALTER TABLE {TABLE} ADD CONSTRAINT link FOREIGN KEY (other_id) REFERENCES corpus_other (id)"

UNSAFE = {
    "index": Case([op.AddIndex("thing", INDEX)], "index"),
    "index of a field": Case([alter("name", models.CharField(max_length=20, db_index=True))], "index"),
    "index of a foreign key": Case(
        [add("another", models.ForeignKey(f"{LABEL}.other", models.CASCADE, null=True, related_name="+"))],
        "index",
    ),
    "unique field": Case([alter("name", models.CharField(max_length=20, unique=True))], "unique"),
    "unique constraint": Case(
        [op.AddConstraint("thing", models.UniqueConstraint(fields=["name"], name="one"))], "unique"
    ),
    "unique index": Case(
        [op.AddConstraint("thing", models.UniqueConstraint(Upper("name"), name="one"))], "index"
    ),
    "foreign key": Case(
        [alter("other", models.ForeignKey(f"{LABEL}.other", models.CASCADE, null=True, db_index=False))],
        "foreign-key",
    ),
    "foreign key by hand": Case([sql(LINK)], "foreign-key"),
    "check": Case([op.AddConstraint("thing", POSITIVE)], "check"),
    "check of a field": Case([add("count", models.PositiveIntegerField(db_default=0))], "check"),
    "validated where it was added": Case(
        [AddConstraintNotValid("thing", POSITIVE), ValidateConstraint("thing", POSITIVE.name)], "validate"
    ),
    "set not null": Case([alter("note", models.TextField(db_default=""))], "set-not-null"),
    "volatile default": Case([add("key", models.UUIDField(db_default=RandomUUID()))], "volatile-default"),
    "larger integer": Case([alter("number", models.BigIntegerField(default=0))], "type"),
    "shorter text": Case([alter("name", models.CharField(max_length=10))], "type"),
    "another scale": Case(
        [alter("price", models.DecimalField(max_digits=9, decimal_places=3, default=0))], "type"
    ),
    "renamed column": Case([op.RenameField("thing", "name", "called")], "rename-column"),
    "renamed table": Case([op.RenameModel("Thing", "Item")], "rename-table"),
    "dropped column": Case([op.RemoveField("thing", "note")], "drop-column"),
    "dropped table": Case([op.DeleteModel("Thing")], "drop-table"),
    "not null without a default": Case([add("size", models.IntegerField(default=0))], "dropped-default"),
    "not null by hand": Case(
        [sql(f"ALTER TABLE {TABLE} ADD size integer NOT NULL")], "not-null-without-default"
    ),
    "data beside schema": Case(
        [add("size", models.IntegerField(null=True)), op.RunPython(in_batches, op.RunPython.noop)],
        "data-beside-schema",
    ),
    "data in one transaction": Case([op.RunPython(in_batches, op.RunPython.noop)], "rows-at-once"),
    "data without batches": Case([op.RunPython(at_once, op.RunPython.noop)], "rows-at-once", atomic=False),
    "data by hand": Case([sql(f"UPDATE {TABLE} SET number = 1")], "rows-at-once"),
    "data by hand, with a query": Case(
        [sql(f"WITH old AS (SELECT 1 AS id) DELETE FROM {TABLE} one USING old WHERE old.id = one.id")],
        "rows-at-once",
    ),
    "data without a way back": Case([op.RunPython(in_batches)], "one-way", atomic=False),
    "SQL without a way back": Case([op.RunSQL("SELECT 1")], "one-way"),
    "cluster": Case([sql(f"CLUSTER {TABLE} USING corpus_thing_pkey")], "rewrite"),
    "vacuum full": Case([sql(f"VACUUM (FULL, ANALYZE) {TABLE}")], "rewrite", atomic=False),
    "unlogged": Case([sql(f"ALTER TABLE {TABLE} SET UNLOGGED")], "rewrite"),
    "lock": Case([sql(f"LOCK TABLE {TABLE}")], "lock"),
    "lock in a block": Case([sql(f"DO $$ BEGIN LOCK TABLE {TABLE}; END $$")], "lock"),
    "reindex": Case([sql(f"REINDEX TABLE {TABLE}")], "reindex"),
    "truncate": Case([sql(f"TRUNCATE {TABLE}")], "truncate"),
    "index dropped": Case(
        [op.RemoveIndex("thing", INDEX.name)], "drop-index", before=(op.AddIndex("thing", INDEX),)
    ),
    "index of a field dropped": Case(
        [alter("name", models.CharField(max_length=20))],
        "drop-index",
        before=(alter("name", models.CharField(max_length=20, db_index=True)),),
    ),
    "exclusion": Case(
        [
            op.AddConstraint(
                "thing",
                ExclusionConstraint(name="apart", expressions=[("during", RangeOperators.OVERLAPS)]),
            )
        ],
        "exclusion",
    ),
    "another primary key": Case(
        [
            sql(
                f"ALTER TABLE {TABLE} DROP CONSTRAINT corpus_thing_pkey,"
                f" ADD CONSTRAINT corpus_thing_pkey PRIMARY KEY (number)"
            )
        ],
        "primary-key",
    ),
    "generated column": Case(
        [
            add(
                "double",
                models.GeneratedField(
                    expression=F("number") * 2, output_field=models.IntegerField(), db_persist=True
                ),
            )
        ],
        "generated",
    ),
    "identity": Case(
        [sql(f"ALTER TABLE {TABLE} ADD COLUMN place bigint GENERATED BY DEFAULT AS IDENTITY")], "identity"
    ),
    "serial": Case([sql(f"ALTER TABLE {TABLE} ADD place bigserial")], "identity"),
    "collation": Case([alter("name", models.CharField(max_length=20, db_collation="C"))], "collation"),
}
"""By what they do."""

REFUSED = {
    "concurrent index in a transaction": Case(
        [AddIndexConcurrently("thing", INDEX)], "concurrently-in-a-transaction"
    ),
    "concurrent index in a transaction, by hand": Case(
        [sql(f"CREATE INDEX CONCURRENTLY corpus_by_name ON {TABLE} (name)")], "concurrently-in-a-transaction"
    ),
}
"""Those that PostgreSQL, or Django, does not do at all."""

SAFE = {
    "index": Case([AddIndexConcurrently("thing", INDEX)], atomic=False),
    "index dropped": Case(
        [RemoveIndexConcurrently("thing", INDEX.name)], before=(op.AddIndex("thing", INDEX),), atomic=False
    ),
    "unique constraint": Case(
        [
            sql(f"CREATE UNIQUE INDEX CONCURRENTLY corpus_one ON {TABLE} (name)"),
            sql(f"ALTER TABLE {TABLE} ADD CONSTRAINT corpus_one UNIQUE USING INDEX corpus_one"),
        ],
        atomic=False,
    ),
    "foreign key": Case([sql(f"{LINK} NOT VALID")]),
    "foreign key of a new column": Case(
        [
            add(
                "another",
                models.ForeignKey(
                    f"{LABEL}.other", models.CASCADE, null=True, related_name="+", db_index=False
                ),
            )
        ]
    ),
    "foreign key validated": Case(
        [sql(f"ALTER TABLE {TABLE} VALIDATE CONSTRAINT link")], before=(sql(f"{LINK} NOT VALID"),)
    ),
    "check": Case([AddConstraintNotValid("thing", POSITIVE)]),
    "check validated": Case(
        [ValidateConstraint("thing", POSITIVE.name)], before=(AddConstraintNotValid("thing", POSITIVE),)
    ),
    "set not null": Case(
        [alter("note", models.TextField())],
        before=(AddConstraintNotValid("thing", NOTED), ValidateConstraint("thing", NOTED.name)),
    ),
    "column that may be NULL": Case([add("size", models.IntegerField(null=True))]),
    "column with a default": Case([add("size", models.IntegerField(db_default=0))]),
    "column with the time": Case([add("since", models.DateTimeField(db_default=Now()))]),
    "longer text": Case([alter("name", models.CharField(max_length=200))]),
    "text without a limit": Case([alter("name", models.TextField())]),
    "more digits": Case([alter("price", models.DecimalField(max_digits=12, decimal_places=2, default=0))]),
    "renamed column": Case([op.RenameField("thing", "label", "caption")]),
    "renamed table": Case(
        [op.RenameModel("Thing", "Item")], before=(op.AlterModelTable("thing", "corpus_things"),)
    ),
    "field of the models alone": Case(
        [op.SeparateDatabaseAndState(state_operations=[op.RemoveField("thing", "note")])]
    ),
    "dropped column": Case(
        [sql(f"ALTER TABLE {TABLE} DROP COLUMN note")],
        before=(op.SeparateDatabaseAndState(state_operations=[op.RemoveField("thing", "note")]),),
    ),
    "dropped table": Case(
        [sql(f"DROP TABLE {TABLE}")],
        before=(op.SeparateDatabaseAndState(state_operations=[op.DeleteModel("Thing")]),),
    ),
    "data": Case([op.RunPython(in_batches, op.RunPython.noop)], atomic=False),
    "data by hand": Case(
        [sql(f"UPDATE {TABLE} SET number = 1 WHERE id IN (SELECT id FROM {TABLE} LIMIT 100)")]
    ),
    "a row": Case(
        [sql(f"INSERT INTO {TABLE} (name, title, number, price) VALUES ('LOCK it; now', '', 1, 1)")]
    ),
    "reindex": Case([sql(f"REINDEX TABLE CONCURRENTLY {TABLE}")], atomic=False),
    "a new table, with all there is": Case(
        [
            op.CreateModel(
                "Fresh",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("key", models.UUIDField(db_default=RandomUUID(), unique=True)),
                    ("count", models.PositiveIntegerField(db_index=True, default=0)),
                    ("thing", models.ForeignKey(f"{LABEL}.thing", models.CASCADE)),
                ],
            ),
            op.AddIndex("fresh", models.Index(fields=["count", "key"], name="corpus_fresh_both")),
            op.AddConstraint(
                "fresh", models.CheckConstraint(condition=Q(count__lt=9), name="corpus_fresh_few")
            ),
            sql(f"INSERT INTO corpus_fresh (count, thing_id) SELECT 1, id FROM {TABLE}"),
        ]
    ),
}
"""By what they do."""
