-- What a database holds, told by the server itself: a kind and a line for each object.
WITH relation AS (
    SELECT c.oid, n.nspname AS place, c.relname AS name
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p')
        AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
)
SELECT 'table' AS kind, concat_ws('|', place, name) AS line
FROM relation
UNION ALL
SELECT 'column', concat_ws('|', place, name, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 0 ELSE 1 END, col_description(oid, a.attnum))
FROM relation
JOIN pg_attribute AS a ON a.attrelid = oid AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'primary key', concat_ws('|', place, name, (
    SELECT json_agg(a.attname ORDER BY k.n)
    FROM unnest(conkey) WITH ORDINALITY AS k (number, n)
    JOIN pg_attribute AS a ON a.attrelid = conrelid AND a.attnum = k.number))
FROM relation
JOIN pg_constraint ON conrelid = relation.oid AND contype = 'p'
UNION ALL
SELECT 'foreign key', concat_ws('|', place, name, (
    SELECT json_agg(a.attname ORDER BY k.n)
    FROM unnest(conkey) WITH ORDINALITY AS k (number, n)
    JOIN pg_attribute AS a ON a.attrelid = conrelid AND a.attnum = k.number),
    (SELECT relname FROM pg_class WHERE pg_class.oid = confrelid))
FROM relation
JOIN pg_constraint ON conrelid = relation.oid AND contype = 'f'
UNION ALL
SELECT 'check', concat_ws('|', place, name)
FROM relation
JOIN pg_constraint ON conrelid = relation.oid AND contype = 'c'
UNION ALL
SELECT 'index', concat_ws('|', place, name, i.relname, CASE WHEN indisunique THEN 1 ELSE 0 END)
FROM relation
JOIN pg_index ON indrelid = relation.oid AND NOT indisprimary
JOIN pg_class AS i ON i.oid = indexrelid
