-- Where each sequence stands. No snapshot holds a sequence still: while others write, it stands further on each time.
SELECT format('SELECT ''sequence'', %L, last_value, is_called FROM %s',
    format('%I.%I', nspname, relname), format('%I.%I', nspname, relname))
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'S' AND relpersistence <> 't' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
    AND pg_class.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype = 'e')
ORDER BY nspname COLLATE "C", relname COLLATE "C"
\gexec

SELECT 'that is all';
