-- What statement makes this access method?
SELECT format(
    'CREATE ACCESS METHOD %I TYPE %s HANDLER %s', m.amname,
    CASE m.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, m.amhandler
),
    m.tableoid,
    m.oid
FROM pg_catalog.pg_am m
WHERE m.amname = $2 AND $1 = ''
