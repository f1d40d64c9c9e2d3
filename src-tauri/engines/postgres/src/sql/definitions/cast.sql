-- What statement makes this cast?
SELECT concat(
    format(
        'CREATE CAST (%s AS %s)', format_type(k.castsource, NULL), format_type(k.casttarget, NULL)
    ),
    CASE k.castmethod WHEN 'f' THEN ' WITH FUNCTION ' || k.castfunc::regprocedure
        WHEN 'i' THEN ' WITH INOUT' ELSE ' WITHOUT FUNCTION' END,
    CASE k.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' END
),
    k.tableoid,
    k.oid
FROM pg_catalog.pg_cast k
WHERE $1 = ''
    AND format('%s AS %s', format_type(k.castsource, NULL), format_type(k.casttarget, NULL)) = $2
