-- What do people say of them and of their columns?
SELECT d.objoid, d.objsubid, d.description
FROM pg_catalog.pg_description d
WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = ANY ({portion})
