-- What statement installs this extension?
SELECT format(
    'CREATE EXTENSION %I WITH SCHEMA %I VERSION %L', x.extname, n.nspname, x.extversion
),
    x.tableoid,
    x.oid
FROM pg_catalog.pg_extension x
JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace
WHERE x.extname = $2 AND $1 = ''
