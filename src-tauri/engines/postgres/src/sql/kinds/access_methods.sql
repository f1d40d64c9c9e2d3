-- Which ways of storing tables and indexes did people add?
SELECT
    'access_method' AS kind,
    m.oid AS id,
    0 AS place,
    m.amname AS name,
    NULL::text AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    CASE m.amtype WHEN 't' THEN 'for tables' ELSE 'for indexes' END AS summary,
    CASE m.amtype WHEN 't' THEN 'tables' ELSE 'indexes' END AS stores,
    m.amhandler::text AS handler
FROM pg_catalog.pg_am m
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = m.oid AND d.classoid = 'pg_catalog.pg_am'::regclass AND d.objsubid = 0
WHERE m.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_am'::regclass AND e.objid = m.oid AND e.deptype = 'e'
    )
