-- How does the server spell its own types without modifiers, and which collation and storage
-- do they bring?
SELECT t.oid, format_type(t.oid, -1), t.typcollation, t.typstorage
FROM pg_catalog.pg_type t
WHERE t.oid < 16384
