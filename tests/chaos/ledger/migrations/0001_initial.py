"""Two tables without a constraint that could hide a double."""

from django.db import migrations

TABLES = """
CREATE TABLE ledger_effect (
    id bigserial, "group" text, event uuid, type text, key text, position int,
    transaction xid DEFAULT pg_current_xact_id()::xid
);
CREATE TABLE ledger_counter (key text PRIMARY KEY, value int NOT NULL);
"""


class Migration(migrations.Migration):
    """Makes them."""

    operations = [migrations.RunSQL(TABLES, "DROP TABLE ledger_effect, ledger_counter")]
