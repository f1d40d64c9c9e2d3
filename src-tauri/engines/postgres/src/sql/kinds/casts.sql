-- Which conversions between types did people make? Those of the server have lower numbers.
SELECT
    'cast' AS kind,
    k.oid AS id,
    0 AS place,
    format('%s AS %s', format_type(k.castsource, NULL), format_type(k.casttarget, NULL)) AS name,
    NULL::text AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    CASE k.castmethod WHEN 'f' THEN k.castfunc::regprocedure::text WHEN 'i' THEN 'through text'
        ELSE 'same bytes' END AS summary,
    format_type(k.castsource, NULL) AS source,
    format_type(k.casttarget, NULL) AS target,
    CASE k.castmethod WHEN 'f' THEN 'function' WHEN 'i' THEN 'through text' ELSE 'same bytes' END
        AS method,
    nullif(k.castfunc, 0)::regprocedure::text AS function,
    CASE k.castcontext WHEN 'e' THEN 'explicit' WHEN 'a' THEN 'assignment' ELSE 'implicit' END
        AS context
FROM pg_catalog.pg_cast k
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = k.oid AND d.classoid = 'pg_catalog.pg_cast'::regclass AND d.objsubid = 0
WHERE k.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_cast'::regclass AND e.objid = k.oid
            AND e.deptype IN ('e', 'i')
    )
