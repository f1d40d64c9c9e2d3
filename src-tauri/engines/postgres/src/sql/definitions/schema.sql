-- What statement makes this schema?
SELECT format('CREATE SCHEMA %I AUTHORIZATION %I', n.nspname, pg_get_userbyid(n.nspowner)),
    n.tableoid,
    n.oid,
    nullif(n.nspacl, acldefault('n', n.nspowner))::text,
    pg_get_userbyid(n.nspowner)
FROM pg_catalog.pg_namespace n
WHERE n.nspname = $2 AND $1 = ''
