-- Which operator classes did people make, and of which operators and functions?
SELECT
    'operator_class' AS kind,
    o.oid AS id,
    o.opcnamespace AS place,
    format('%s (%s)', o.opcname, m.amname) AS name,
    pg_get_userbyid(o.opcowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    format('%s for %s', m.amname, format_type(o.opcintype, NULL)) AS summary,
    m.amname AS method,
    format_type(o.opcintype, NULL) AS for_type,
    o.opcdefault AS is_default,
    format('%I.%I', fn.nspname, f.opfname) AS family,
    format_type(nullif(o.opckeytype, 0), NULL) AS stored_type,
    ARRAY(
        SELECT format('%s %s', a.amopstrategy, a.amopopr::regoperator)
        FROM pg_catalog.pg_amop a
        WHERE a.amopfamily = f.oid AND a.amoplefttype = o.opcintype AND a.amoprighttype = o.opcintype
        ORDER BY a.amopstrategy
    ) AS operators,
    ARRAY(
        SELECT format('%s %s', a.amprocnum, a.amproc::regprocedure)
        FROM pg_catalog.pg_amproc a
        WHERE a.amprocfamily = f.oid AND a.amproclefttype = o.opcintype
            AND a.amprocrighttype = o.opcintype
        ORDER BY a.amprocnum
    ) AS functions
FROM pg_catalog.pg_opclass o
JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod
JOIN pg_catalog.pg_opfamily f ON f.oid = o.opcfamily
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = o.oid AND d.classoid = 'pg_catalog.pg_opclass'::regclass AND d.objsubid = 0
WHERE o.opcnamespace = ANY ('{schemas}'::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_opclass'::regclass AND e.objid = o.oid AND e.deptype = 'e'
    )
