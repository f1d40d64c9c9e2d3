-- What are the constraints of this table, and the indexes that no constraint brings, in words?
SELECT
    'constraint' AS part,
    k.conname::text AS name,
    pg_get_constraintdef(k.oid, true) AS definition,
    (k.coninhcount > 0 AND NOT k.conislocal)::text AS inherited,
    (k.convalidated)::text AS validated
FROM pg_catalog.pg_constraint k
WHERE k.conrelid = $1::oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint up
        WHERE up.oid = k.conparentid AND up.conrelid = k.conrelid
    )
UNION ALL
SELECT
    'index',
    i.relname::text,
    pg_get_indexdef(i.oid),
    (EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.oid))::text,
    (x.indisvalid)::text
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = $1::oid
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint k
        WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x')
    )
ORDER BY part, name
