-- Which indexes do they have? The server spells out only expressions and predicates.
SELECT
    x.indexrelid,
    x.indrelid,
    i.relname,
    i.relam,
    x.indisunique,
    x.indisprimary,
    x.indisvalid AND x.indisready AS valid,
    x.indisclustered,
    x.indisreplident,
    {nulls_not_distinct} AS nulls_not_distinct,
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
    i.reltablespace,
    i.relpages
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = ANY ({portion})
