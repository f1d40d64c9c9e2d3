-- Which tables does each table inherit from, or is it a partition of?
SELECT
    i.inhrelid,
    n.nspname,
    p.relname,
    p.relkind
FROM pg_catalog.pg_inherits i
JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
WHERE i.inhrelid = ANY ({portion})
ORDER BY i.inhrelid, i.inhseqno
