-- Which indexes do they have? The server spells out only expressions and predicates, and what
-- most indexes do not say is null.
SELECT
    x.indexrelid,
    x.indrelid,
    i.relname,
    i.relam,
    CASE WHEN x.indisunique THEN true END AS is_unique,
    CASE WHEN x.indisprimary THEN true END AS is_primary,
    CASE WHEN NOT (x.indisvalid AND x.indisready) THEN true END AS invalid,
    CASE WHEN x.indisclustered THEN true END AS clustered,
    CASE WHEN x.indisreplident THEN true END AS replica_identity,
    CASE WHEN {nulls_not_distinct} THEN true END AS nulls_not_distinct,
    nullif(x.indnkeyatts, x.indnatts) AS key_parts,
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
    CASE WHEN x.indpred IS NOT NULL THEN pg_get_expr(x.indpred, x.indrelid) END AS predicate,
    i.reloptions AS options,
    nullif(i.reltablespace, 0) AS tablespace,
    i.relpages,
    age(x.xmin) AS age,
    age(i.xmin) AS class_age
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = ANY ({portion})
