-- Some of everything that a dump has to keep.
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid');
CREATE TABLE shop.customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    tags text[],
    seen timestamptz,
    active boolean NOT NULL,
    discount double precision,
    grade varchar(5) CHECK (grade IN ('gold', 'iron'))
);
CREATE UNIQUE INDEX one_active_customer ON shop.customer (lower(email)) WHERE active;
INSERT INTO shop.customer (email, tags, seen, active, discount, grade)
SELECT 'Ä' || i || '@example.com', CASE WHEN i % 3 > 0 THEN ARRAY['a"b', NULL, 'ü' || i] END,
    CASE WHEN i % 7 = 0 THEN 'infinity' ELSE timestamptz '2026-01-01 12:00+02' + i * interval '1.001 s' END,
    i % 2 = 0, CASE WHEN i % 5 > 0 THEN 1.0 / i END, CASE WHEN i % 11 > 0 THEN 'gold' END
FROM generate_series(1, 8000) AS i;

CREATE SEQUENCE shop.invoice START 1000 INCREMENT 10;
SELECT nextval('shop.invoice') FROM generate_series(1, 5) \g /dev/null
CREATE SEQUENCE shop.unused;
CREATE TABLE shop.purchase (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop.customer (id) DEFERRABLE INITIALLY DEFERRED,
    state shop.state NOT NULL DEFAULT 'new',
    net numeric(12, 2) NOT NULL CHECK (net >= 0),
    gross numeric(12, 2) GENERATED ALWAYS AS (net * 1.19) STORED,
    details jsonb,
    receipt bytea
);
INSERT INTO shop.purchase (customer_id, net, details, receipt)
SELECT i % 8000 + 1, i * 1.37, CASE WHEN i % 4 > 0 THEN jsonb_build_object('line', i, 'note', E'a\tb\n\\ "') END,
    CASE WHEN i % 9 = 0 THEN sha256(i::text::bytea) END
FROM generate_series(1, 12000) AS i;
CREATE VIEW shop.paid AS SELECT * FROM shop.purchase WHERE state = 'paid';

CREATE TABLE shop."Click stream" (what text, r interval); -- no primary key; a column of the name of the hash's own alias
INSERT INTO shop."Click stream" SELECT 'x' || i % 3, i % 2 * interval '1 month 2 days' FROM generate_series(1, 300) AS i;
CREATE TABLE shop.page AS
SELECT i AS id, (SELECT string_agg(md5((i * 100 + n)::text), ' ') FROM generate_series(1, 1000) AS n) AS body
FROM generate_series(1, 20) AS i;
CREATE TABLE shop.nothing ();
