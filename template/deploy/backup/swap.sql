-- A database can't be renamed while someone is in it: RENAME waits five seconds for those who are to end.
BEGIN;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datid = :number;
SELECT format('ALTER DATABASE %I RENAME TO %I', datname, :'before') FROM pg_database WHERE oid = :number
\gexec
ALTER DATABASE :"scratch" RENAME TO :"live";
COMMIT;
