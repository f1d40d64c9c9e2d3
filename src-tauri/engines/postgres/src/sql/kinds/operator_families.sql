-- Which operator families did people make?
SELECT
    'operator_family' AS kind,
    f.oid AS id,
    f.opfnamespace AS place,
    format('%s (%s)', f.opfname, m.amname) AS name,
    pg_get_userbyid(f.opfowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    m.amname::text AS summary,
    m.amname AS method,
    ARRAY(
        SELECT format('%I.%I', n.nspname, o.opcname)
        FROM pg_catalog.pg_opclass o
        JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
        WHERE o.opcfamily = f.oid
        ORDER BY 1
    ) AS classes
FROM pg_catalog.pg_opfamily f
JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = f.oid AND d.classoid = 'pg_catalog.pg_opfamily'::regclass AND d.objsubid = 0
WHERE f.opfnamespace = ANY ('{schemas}'::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_opfamily'::regclass AND e.objid = f.oid AND e.deptype = 'e'
    )
