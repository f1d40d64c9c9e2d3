-- Which constraints do they have? Since version 18 those for NOT NULL are
-- objects too; the column says that already. What most constraints do not say is one
-- field, mostly null. Tables that were read before or are being read are known; the others
-- that keys refer to have their names and those of their columns here.
SELECT
    k.oid,
    k.conrelid,
    k.conname,
    k.contype,
    k.conkey,
    CASE WHEN k.contype IN ('p', 'u', 'x') THEN k.conindid END AS index,
    nullif(k.confrelid, 0) AS foreign_relation,
    k.confkey,
    f.relnamespace AS foreign_schema,
    f.relname AS foreign_table,
    CASE WHEN f.oid IS NOT NULL THEN ARRAY(
        SELECT coalesce(a.attname, '')::text
        FROM unnest(k.confkey) WITH ORDINALITY AS part (number, place)
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = part.number
        ORDER BY part.place
    ) END AS foreign_names,
    CASE WHEN k.contype = 'f'
            AND (k.confupdtype <> 'a' OR k.confdeltype <> 'a' OR k.confmatchtype <> 's')
        OR k.conparentid <> 0 OR k.condeferrable OR NOT k.convalidated
        OR k.connoinherit AND k.contype = 'c' OR k.coninhcount > 0 AND NOT k.conislocal
        OR {period} OR {not_enforced} OR {set_columns} IS NOT NULL
    THEN concat_ws(
        '/', k.confupdtype, k.confdeltype, k.confmatchtype, k.conparentid, k.condeferrable,
        k.condeferred, NOT k.convalidated, k.connoinherit AND k.contype = 'c',
        k.coninhcount > 0 AND NOT k.conislocal, {period}, {not_enforced}, {set_columns}
    ) END AS said,
    CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END AS definition,
    age(k.xmin) AS age
FROM pg_catalog.pg_constraint k
LEFT JOIN pg_catalog.pg_class f ON f.oid = CASE
    WHEN k.confrelid > (SELECT current_setting('db_studio.known')::oid) THEN k.confrelid END
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conrelid = ANY ({portion})
