-- What statement makes this conversion?
SELECT concat(
    'CREATE ', CASE WHEN v.condefault THEN 'DEFAULT ' END,
    format(
        'CONVERSION %I.%I FOR %L TO %L FROM %s', n.nspname, v.conname,
        pg_encoding_to_char(v.conforencoding), pg_encoding_to_char(v.contoencoding), v.conproc
    )
),
    v.tableoid,
    v.oid
FROM pg_catalog.pg_conversion v
JOIN pg_catalog.pg_namespace n ON n.oid = v.connamespace
WHERE n.nspname = $1 AND v.conname = $2
