-- Which columns have settings of their own, or privileges?
SELECT
    a.attrelid,
    a.attnum,
    {compression} AS compression,
    a.attstattarget,
    a.attoptions,
    ARRAY(
        SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
            ELSE split_part(o, '=', 1) || '=(hidden)' END
        FROM unnest(a.attfdwoptions) AS o
    ) AS foreign_options,
    a.attacl::text[] AS acl
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE (a.attstattarget >= 0 OR {compression} <> '' OR a.attoptions IS NOT NULL
        OR a.attfdwoptions IS NOT NULL OR a.attacl IS NOT NULL)
    AND a.attnum > 0
    AND NOT a.attisdropped
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND ({relation} = 0 OR c.oid = {relation})
