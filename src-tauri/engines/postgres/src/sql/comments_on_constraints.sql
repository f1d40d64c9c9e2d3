-- What do people say of their constraints?
SELECT k.oid, 0, d.description
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_description d
    ON d.objoid = k.oid AND d.classoid = 'pg_catalog.pg_constraint'::regclass
WHERE k.conrelid = ANY ({portion})
