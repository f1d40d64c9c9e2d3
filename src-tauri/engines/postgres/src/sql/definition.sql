-- What statement makes the named part of this table or view?
SELECT pg_get_indexdef(i.oid)
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
WHERE $2 = 'index' AND x.indrelid = $1::oid AND i.relname = $3
UNION ALL
SELECT pg_get_triggerdef(t.oid, true)
FROM pg_catalog.pg_trigger t
WHERE $2 = 'trigger' AND t.tgrelid = $1::oid AND t.tgname = $3
    AND (NOT t.tgisinternal OR t.tgparentid <> 0)
UNION ALL
SELECT pg_get_constraintdef(k.oid, true)
FROM pg_catalog.pg_constraint k
WHERE $2 = 'constraint' AND k.conrelid = $1::oid AND k.conname = $3
UNION ALL
SELECT pg_get_viewdef($1::oid, true)
WHERE $2 = 'view'
