-- Which columns do they have? One row a table, and what most columns do not say is a list of
-- those that do, each with its number: there are many columns. Types stay numbers, save those
-- that people made and those whose modifiers only the server can spell.
SELECT
    a.attrelid,
    array_agg(a.attnum) AS numbers,
    array_agg(a.attname) AS names,
    array_agg(a.atttypid) AS types,
    string_agg(a.attstorage::text, '') AS storages,
    array_agg(a.attnum) FILTER (WHERE a.attnotnull) AS not_null,
    array_agg(a.attnum) FILTER (WHERE a.attinhcount > 0 AND NOT a.attislocal) AS inherited,
    string_agg(a.attnum || ' ' || a.atttypmod, ',') FILTER (WHERE a.atttypmod <> -1) AS modifiers,
    string_agg(a.attnum || ' ' || a.attidentity::text || a.attgenerated::text, ',')
        FILTER (WHERE a.attidentity <> '' OR a.attgenerated <> '') AS made,
    string_agg(a.attnum || ' ' || a.attcollation, ',') FILTER (WHERE a.attcollation
        <> CASE WHEN a.atttypid IN (25, 1009, 1042, 1014, 1043, 1015) THEN 100 ELSE 0 END
    ) AS collations,
    array_agg(concat_ws(
        ' ', a.attnum,
        (SELECT t.typcollation FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid),
        (SELECT t.typstorage FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid),
        format_type(a.atttypid, a.atttypmod)
    )) FILTER (WHERE a.atttypid >= 16384
        OR a.atttypmod <> -1 AND a.atttypid <> ALL ('{modified}'::oid[])) AS spellings,
    array_agg(ARRAY[
        a.attnum::text,
        {compression}::text,
        a.attstattarget::text,
        a.attoptions::text,
        ARRAY(
            SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
                ELSE split_part(o, '=', 1) || '=(hidden)' END
            FROM unnest(a.attfdwoptions) AS o
        )::text,
        a.attacl::text
    ]::text) FILTER (WHERE a.attstattarget >= 0 OR {compression} <> '' OR a.attoptions IS NOT NULL
        OR a.attfdwoptions IS NOT NULL OR a.attacl IS NOT NULL) AS rarities,
    sum(age(a.xmin)) AS ages,
    sum(hashname(a.attname) # a.attnum * 40503) AS names_mark
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = ANY ({portion}) AND a.attnum > 0 AND NOT a.attisdropped
GROUP BY a.attrelid
