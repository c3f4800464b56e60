-- What belongs to a database and is in no dump of it.
SELECT 'its setting ' || setting FROM pg_db_role_setting JOIN pg_database ON oid = setdatabase, unnest(setconfig) AS setting
WHERE datname = :'before'
UNION ALL SELECT 'its owner, ' || pg_get_userbyid(datdba) FROM pg_database
WHERE datname = :'before' AND pg_get_userbyid(datdba) <> current_user
UNION ALL SELECT 'its privileges, ' || datacl::text FROM pg_database WHERE datname = :'before' AND datacl IS NOT NULL;
