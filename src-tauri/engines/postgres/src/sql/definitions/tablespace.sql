-- What statement makes this tablespace?
SELECT concat(
    format(
        'CREATE TABLESPACE %I OWNER %I LOCATION %L', t.spcname, pg_get_userbyid(t.spcowner),
        pg_tablespace_location(t.oid)
    ),
    ' WITH (' || nullif(array_to_string(t.spcoptions, ', '), '') || ')'
),
    t.tableoid,
    t.oid,
    nullif(t.spcacl, acldefault('t', t.spcowner))::text,
    pg_get_userbyid(t.spcowner)
FROM pg_catalog.pg_tablespace t
WHERE t.spcname = $2 AND $1 = ''
