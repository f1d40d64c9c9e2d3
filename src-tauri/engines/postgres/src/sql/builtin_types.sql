-- How does the server spell its own types without modifiers, and which collation and storage
-- do they bring? `columns.sql` tells storages that are not those of the last column here.
SELECT
    t.oid,
    format_type(t.oid, -1),
    t.typcollation,
    t.typstorage,
    CASE WHEN t.typlen > 0 THEN 'p' WHEN t.oid = 1700 THEN 'm' ELSE 'x' END
FROM pg_catalog.pg_type t
WHERE t.oid < 16384
