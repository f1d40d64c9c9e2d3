-- What do people say of their indexes?
SELECT x.indexrelid, 0, d.description
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_description d
    ON d.objoid = x.indexrelid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
WHERE x.indrelid = ANY ({portion})
