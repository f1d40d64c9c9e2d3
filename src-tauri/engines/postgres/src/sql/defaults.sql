-- What are their columns filled with? An expression that names no column is spelled
-- without its table, which would have to be opened (and locked).
SELECT
    v.adrelid,
    v.adnum,
    pg_get_expr(v.adbin, CASE WHEN strpos(v.adbin::text, '{VAR ') > 0 THEN v.adrelid ELSE 0 END),
    age(v.xmin)
FROM pg_catalog.pg_attrdef v
WHERE v.adrelid = ANY ({portion})
