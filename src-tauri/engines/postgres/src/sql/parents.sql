-- Which tables does each table inherit from, or is it a partition of?
SELECT
    i.inhrelid,
    n.nspname,
    p.relname,
    p.relkind
FROM pg_catalog.pg_inherits i
JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
WHERE c.relkind IN ('r', 'p', 'f')
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND ({relation} = 0 OR c.oid = {relation})
    AND c.oid <> ALL ('{skipped}'::oid[])
ORDER BY i.inhrelid, i.inhseqno
