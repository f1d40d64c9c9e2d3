-- What do their checks say? Spelling one opens (and locks) its table for the names of the
-- columns alone, so tables whose columns have the same names at the same places share one. A
-- check of whole rows names its table too (column 0).
SELECT
    id,
    pg_get_expr(
        expression,
        CASE WHEN 0 = ANY (numbers) THEN relation
            ELSE first_value(relation) OVER (PARTITION BY numbers, name, names) END
    )
FROM (
    SELECT
        k.oid AS id,
        k.conrelid AS relation,
        k.conbin AS expression,
        k.conkey AS numbers,
        a.attname AS name,
        CASE WHEN cardinality(k.conkey) > 1 THEN ARRAY(
            SELECT part.attname
            FROM pg_catalog.pg_attribute part
            WHERE part.attrelid = k.conrelid AND part.attnum = ANY (k.conkey)
            ORDER BY part.attnum
        ) END AS names
    FROM pg_catalog.pg_constraint k
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'c' AND k.conrelid = ANY ({portion})
) AS checks
