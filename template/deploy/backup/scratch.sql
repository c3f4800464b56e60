-- As the database that this is connected to; the names of the columns differ between versions, which JSON forgives.
WITH settings AS (
    SELECT to_jsonb(pg_database) AS d, pg_encoding_to_char(encoding) AS encoding FROM pg_database
    WHERE datname = current_database()
)
SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
    :'scratch', encoding, d ->> 'datcollate', d ->> 'datctype') ||
    CASE d ->> 'datlocprovider'
        WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', coalesce(d ->> 'datlocale', d ->> 'daticulocale')) ||
            coalesce(format(' ICU_RULES %L', nullif(d ->> 'daticurules', '')), '')
        WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', d ->> 'datlocale')
        ELSE ''
    END
FROM settings
\gexec
