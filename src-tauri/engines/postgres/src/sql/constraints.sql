-- Which constraints do they have? Since version 18 those for NOT NULL are
-- objects too; the column says that already.
SELECT
    k.oid,
    k.conrelid,
    k.conparentid,
    k.conname,
    k.contype,
    k.condeferrable,
    k.condeferred,
    k.convalidated,
    k.connoinherit,
    k.coninhcount > 0 AND NOT k.conislocal AS inherited,
    k.conkey,
    i.relname AS index_name,
    k.confrelid,
    fn.nspname AS foreign_schema,
    f.relname AS foreign_table,
    k.confkey,
    k.confupdtype,
    k.confdeltype,
    k.confmatchtype,
    CASE k.contype
        WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid)
        WHEN 'x' THEN pg_get_constraintdef(k.oid)
    END AS definition,
    d.description
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = k.oid AND d.classoid = 'pg_catalog.pg_constraint'::regclass
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND ({relation} = 0 OR c.oid = {relation})
    AND c.oid <> ALL ('{skipped}'::oid[])
