-- Which operator classes must be named in an index? Those that are not a type's default.
SELECT
    o.oid,
    n.nspname,
    o.opcname
FROM pg_catalog.pg_opclass o
JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
WHERE NOT o.opcdefault
