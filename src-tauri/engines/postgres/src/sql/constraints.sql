-- Which constraints do they have? Since version 18 those for NOT NULL are
-- objects too; the column says that already. Columns of other tables that keys refer to
-- have their names here, those of the same portion are known.
SELECT
    k.oid,
    k.conrelid,
    k.conparentid,
    k.conname,
    k.contype,
    k.condeferrable,
    k.condeferred,
    k.convalidated,
    k.connoinherit,
    k.coninhcount > 0 AND NOT k.conislocal AS inherited,
    k.conkey,
    CASE WHEN k.contype IN ('p', 'u', 'x') THEN k.conindid END AS index,
    k.confrelid,
    f.relnamespace AS foreign_schema,
    f.relname AS foreign_table,
    k.confkey,
    CASE WHEN k.confrelid <> 0 AND NOT ({near}) THEN ARRAY(
        SELECT coalesce(a.attname, '')::text
        FROM unnest(k.confkey) WITH ORDINALITY AS part (number, place)
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = part.number
        ORDER BY part.place
    ) END AS foreign_names,
    k.confupdtype,
    k.confdeltype,
    k.confmatchtype,
    {set_columns} AS set_columns,
    {period} AS period,
    {enforced} AS enforced,
    CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END AS definition
FROM pg_catalog.pg_constraint k
LEFT JOIN pg_catalog.pg_class f ON f.oid = nullif(k.confrelid, 0)
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conrelid = ANY ({portion})
