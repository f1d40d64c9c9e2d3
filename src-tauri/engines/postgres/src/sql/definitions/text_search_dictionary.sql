-- What statement makes this text search dictionary?
SELECT format(
    E'CREATE TEXT SEARCH DICTIONARY %I.%I (\n    %s\n)', n.nspname, t.dictname,
    concat_ws(E',\n    ', format('TEMPLATE = %I.%I', mn.nspname, m.tmplname), t.dictinitoption)
),
    t.tableoid,
    t.oid
FROM pg_catalog.pg_ts_dict t
JOIN pg_catalog.pg_namespace n ON n.oid = t.dictnamespace
JOIN pg_catalog.pg_ts_template m ON m.oid = t.dicttemplate
JOIN pg_catalog.pg_namespace mn ON mn.oid = m.tmplnamespace
WHERE n.nspname = $1 AND t.dictname = $2
