-- Which columns are not null by a constraint that is not the usual one? (from version 18)
SELECT
    k.conrelid,
    k.conkey[1],
    k.conname,
    k.connoinherit,
    k.convalidated
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'n'
    AND (k.connoinherit OR NOT k.convalidated
        OR k.conname <> c.relname || '_' || a.attname || '_not_null')
    AND (k.conislocal OR k.coninhcount = 0)
    AND k.conrelid = ANY ({portion})
