-- One moment of the database: what is in it, and the dump, out of the same snapshot. This transaction keeps it open.
\ir settings.sql
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot() AS snapshot
\gset
\setenv SNAPSHOT :snapshot
\o :contents
\ir contents.sql
\o :sequences_before
\ir sequences.sql
\o
\! pg_dump --format=custom --no-subscriptions --no-password --snapshot="$SNAPSHOT" --file="$DUMP" --dbname=service=live; echo $? >"$DUMP_STATUS"
\o :sequences_after
\ir sequences.sql
\o
COMMIT;
