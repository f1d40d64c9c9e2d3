-- Which schemas are there?
SELECT
    n.oid,
    n.nspname,
    pg_get_userbyid(n.nspowner) AS owner,
    d.description,
    nullif(n.nspacl, acldefault('n', n.nspowner))::text[] AS acl
FROM pg_catalog.pg_namespace n
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = n.oid AND d.classoid = 'pg_catalog.pg_namespace'::regclass AND d.objsubid = 0
