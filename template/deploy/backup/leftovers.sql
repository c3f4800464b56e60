SELECT format('DROP DATABASE IF EXISTS %I', datname) FROM pg_database
WHERE datname ~ '^backup_(proof|restore)_[0-9]{8}t[0-9]{6}z_[0-9]+$' AND pg_has_role(datdba, 'USAGE')
    AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE pg_stat_activity.datid = pg_database.oid)
\gexec
