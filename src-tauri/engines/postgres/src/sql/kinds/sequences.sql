-- Which sequences are there? Those of identity columns are facts of their columns,
-- and how far any has counted is no part of the schema.
SELECT
    'sequence' AS kind,
    c.oid AS id,
    c.relnamespace AS place,
    c.relname AS name,
    pg_get_userbyid(c.relowner) AS owner,
    d.description AS comment,
    nullif(c.relacl, acldefault('s', c.relowner))::text[] AS acl,
    format(
        '%s from %s by %s', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement
    ) AS summary,
    format_type(s.seqtypid, NULL) AS data_type,
    s.seqstart::text AS start,
    s.seqincrement::text AS increment,
    s.seqmin::text AS minimum,
    s.seqmax::text AS maximum,
    s.seqcache::text AS cache,
    s.seqcycle AS cycles,
    CASE WHEN c.relpersistence = 'u' THEN 'unlogged' WHEN c.relpersistence = 't' THEN 'temporary' END
        AS persistence,
    (
        SELECT format('%I.%I.%I', n.nspname, t.relname, a.attname)
        FROM pg_catalog.pg_depend o
        JOIN pg_catalog.pg_class t ON t.oid = o.refobjid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = o.refobjsubid
        WHERE o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid
            AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.deptype = 'a'
            AND o.refobjsubid > 0
    ) AS owned_by
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
WHERE c.oid = ANY ('{sequences}'::oid[])
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
