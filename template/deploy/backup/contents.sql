-- What is in a database, a line each: what a restored copy must have line by line. A table's hash is a sum over its rows'
-- hashes, which no order of rows changes, and in which each of several equal rows counts.

SELECT format(
    'SELECT ''table'', %L, count(*), coalesce(sum((''x'' || encode(substr(h, 1, 8), ''hex''))::bit(64)::bigint), 0), '
    'coalesce(sum((''x'' || encode(substr(h, 9, 8), ''hex''))::bit(64)::bigint), 0) '
    'FROM (SELECT sha256(convert_to((r.*)::text, ''UTF8'')) AS h FROM ONLY %s AS r) AS rows',
    format('%I.%I', nspname, relname), format('%I.%I', nspname, relname))
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND relpersistence <> 't' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
    AND pg_class.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype = 'e')
ORDER BY nspname COLLATE "C", relname COLLATE "C"
\gexec

SELECT 'large objects', '', count(*),
    coalesce(sum(('x' || encode(substr(h, 1, 8), 'hex'))::bit(64)::bigint), 0),
    coalesce(sum(('x' || encode(substr(h, 9, 8), 'hex'))::bit(64)::bigint), 0)
FROM (SELECT sha256(oid::text::bytea || lo_get(oid)) AS h FROM pg_largeobject_metadata) AS objects;

-- By name, not by definition: the text of a check such as "IN ('a', 'b')" is another one after a restore, and says the same.
WITH tables AS (
    SELECT pg_class.oid, relkind, format('%I.%I', nspname, relname) AS name
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relpersistence <> 't' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
        AND pg_class.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype = 'e')
), columns AS (
    SELECT 'columns' AS kind, name, string_agg(format('%I %s%s', attname, format_type(atttypid, atttypmod),
        CASE WHEN attnotnull THEN ' NOT NULL' END), ', ' ORDER BY attnum) AS detail
    FROM tables JOIN pg_attribute ON attrelid = oid
    WHERE relkind IN ('r', 'p', 'f', 'v', 'm') AND attnum > 0 AND NOT attisdropped GROUP BY name
), objects AS (
    SELECT * FROM columns
    UNION ALL SELECT 'relation', name, relkind::text FROM tables WHERE relkind IN ('p', 'f', 'v', 'm')
    UNION ALL SELECT 'index', i.name, concat_ws(' ', t.name, CASE WHEN indisunique THEN 'unique' END,
        CASE WHEN indpred IS NOT NULL THEN 'partial' END)
        FROM pg_index JOIN tables AS i ON i.oid = indexrelid JOIN tables AS t ON t.oid = indrelid WHERE indisvalid
    UNION ALL SELECT 'constraint', format('%s.%I', name, conname),
        concat_ws(' ', contype, CASE WHEN NOT convalidated THEN 'not valid' END)
        FROM pg_constraint JOIN tables ON tables.oid = conrelid
        WHERE conparentid = 0 AND contype IN ('c', 'f', 'p', 'u', 'x')
    UNION ALL SELECT 'default', format('%s.%I', name, attname), attgenerated::text
        FROM pg_attrdef JOIN tables ON tables.oid = adrelid
        JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE relkind IN ('r', 'p', 'f')
    UNION ALL SELECT 'trigger', format('%s.%I', name, tgname), tgenabled::text
        FROM pg_trigger JOIN tables ON tables.oid = tgrelid WHERE NOT tgisinternal AND tgparentid = 0
    UNION ALL SELECT 'policy', format('%s.%I', name, polname), polcmd::text
        FROM pg_policy JOIN tables ON tables.oid = polrelid
    UNION ALL SELECT 'function', format('%I.%I', nspname, proname), pg_get_function_identity_arguments(pg_proc.oid)
        FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
            AND pg_proc.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'e')
    UNION ALL SELECT 'extension', quote_ident(extname), '' FROM pg_extension
)
SELECT kind, name, detail FROM objects ORDER BY kind COLLATE "C", name COLLATE "C", detail COLLATE "C";

SELECT 'that is all'; -- a list that a full disk cut short does not have it
