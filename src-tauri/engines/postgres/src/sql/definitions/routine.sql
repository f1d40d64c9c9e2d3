-- What statement makes this function or procedure?
SELECT rtrim(pg_get_functiondef(p.oid), E'\n'),
    p.tableoid,
    p.oid,
    nullif(p.proacl, acldefault('f', p.proowner))::text,
    pg_get_userbyid(p.proowner)
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = $1 AND p.prokind <> 'a'
    AND format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) = $2
