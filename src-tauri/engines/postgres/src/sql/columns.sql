-- Which columns do they have? Types stay numbers here: there are few of them,
-- and types.sql asks the server to spell each once. A default names no column,
-- so its table need not be opened (and locked) to spell it.
SELECT
    a.attrelid,
    a.attnum,
    a.attname,
    a.atttypid,
    a.atttypmod,
    a.attcollation,
    a.attnotnull,
    a.attidentity,
    a.attgenerated,
    a.attstorage,
    a.attinhcount > 0 AND NOT a.attislocal AS inherited,
    pg_get_expr(v.adbin, CASE a.attgenerated WHEN '' THEN 0 ELSE v.adrelid END) AS value,
    d.description
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = a.attrelid AND d.classoid = 'pg_catalog.pg_class'::regclass
    AND d.objsubid = a.attnum
WHERE a.attnum > 0
    AND NOT a.attisdropped
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND ({relation} = 0 OR c.oid = {relation})
    AND c.oid <> ALL ('{skipped}'::oid[])
