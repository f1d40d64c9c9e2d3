-- Which columns do they have? One row a table: there are many columns. Each is a number of its
-- type, how it is an identity or generated, its own number and whether it forbids nulls; what most
-- columns do not say is a list of those that do. Types stay numbers, save those that people made
-- and those whose modifiers only the server can spell.
SELECT
    a.attrelid,
    array_agg(a.attname::text) AS names,
    array_agg(
        ((a.atttypid::int8 * 128 + a.attidentity::int4) * 128 + a.attgenerated::int4) * 4096
        + a.attnum * 2 + a.attnotnull::int4
    ) AS types,
    array_agg(a.atttypmod::int8 * 2048 + a.attnum) FILTER (WHERE a.atttypmod <> -1) AS modifiers,
    array_agg(ARRAY[
        a.attnum::text,
        a.attcollation::text,
        a.attstorage::text,
        (a.attinhcount > 0 AND NOT a.attislocal)::text,
        CASE WHEN a.atttypid >= 16384
            OR a.atttypmod <> -1 AND a.atttypid <> ALL ('{modified}'::oid[])
        THEN (
            SELECT concat_ws(
                ' ', t.typcollation, t.typstorage, format_type(a.atttypid, a.atttypmod)
            )
            FROM pg_catalog.pg_type t
            WHERE t.oid = a.atttypid
        ) END,
        nullif({compression}::text, ''),
        a.attstattarget::text,
        a.attoptions::text,
        ARRAY(
            SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
                ELSE split_part(o, '=', 1) || '=(hidden)' END
            FROM unnest(a.attfdwoptions) AS o
        )::text,
        a.attacl::text
    ]::text) FILTER (WHERE a.atttypid >= 16384
        OR a.atttypmod <> -1 AND a.atttypid <> ALL ('{modified}'::oid[])
        OR a.attcollation <> 0 AND a.attcollation <> 100
        -- As `builtin_types.sql` says of the type.
        OR a.attstorage <> CASE WHEN a.attlen > 0 THEN 'p' WHEN a.atttypid = 1700 THEN 'm'
            ELSE 'x' END
        OR a.attinhcount > 0 AND NOT a.attislocal
        OR a.attstattarget >= 0 OR {compression} <> '' OR a.attoptions IS NOT NULL
        OR a.attfdwoptions IS NOT NULL OR a.attacl IS NOT NULL) AS rare,
    sum(age(a.xmin)) AS ages,
    sum(hashname(a.attname) # a.attnum * 40503) AS names_mark
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = ANY ({portion}) AND a.attnum > 0 AND NOT a.attisdropped
GROUP BY a.attrelid
