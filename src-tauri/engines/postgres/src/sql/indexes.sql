-- Which indexes do they have? The server spells out only expressions and predicates.
SELECT
    x.indexrelid,
    x.indrelid,
    i.relname,
    m.amname,
    x.indisunique,
    x.indisprimary,
    x.indisvalid AND x.indisready AS valid,
    x.indisclustered,
    x.indisreplident,
    x.indnkeyatts,
    x.indkey,
    x.indoption,
    x.indclass,
    x.indcollation,
    CASE WHEN x.indexprs IS NOT NULL THEN ARRAY(
        SELECT pg_get_indexdef(x.indexrelid, place + 1, false)
        FROM generate_subscripts(x.indkey, 1) AS place
        WHERE x.indkey[place] = 0
        ORDER BY place
    ) END AS expressions,
    pg_get_expr(x.indpred, x.indrelid) AS predicate,
    i.reloptions AS options,
    s.spcname AS tablespace,
    i.relpages,
    d.description
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = i.relam
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = i.reltablespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = x.indexrelid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
WHERE c.relkind IN ('r', 'p', 'm')
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND ({relation} = 0 OR c.oid = {relation})
    AND c.oid <> ALL ('{skipped}'::oid[])
