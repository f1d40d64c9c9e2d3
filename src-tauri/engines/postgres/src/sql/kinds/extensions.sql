-- Which extensions are installed, and what does each bring?
SELECT
    'extension' AS kind,
    x.oid AS id,
    0 AS place,
    x.extname AS name,
    pg_get_userbyid(x.extowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    x.extversion AS summary,
    x.extversion AS version,
    n.nspname AS schema,
    x.extrelocatable AS relocatable,
    ARRAY(
        SELECT pg_describe_object(m.classid, m.objid, m.objsubid)
        FROM pg_catalog.pg_depend m
        WHERE m.refclassid = 'pg_catalog.pg_extension'::regclass AND m.refobjid = x.oid
            AND m.deptype = 'e'
        ORDER BY 1
    ) AS members
FROM pg_catalog.pg_extension x
JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = x.oid AND d.classoid = 'pg_catalog.pg_extension'::regclass AND d.objsubid = 0
