SELECT oid FROM pg_database WHERE datname = :'live';
