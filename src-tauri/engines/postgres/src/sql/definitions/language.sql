-- What statement makes this language?
SELECT concat(
    'CREATE ', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' END, format('LANGUAGE %I', l.lanname),
    E'\n    HANDLER ' || nullif(l.lanplcallfoid, 0)::regproc,
    E'\n    INLINE ' || nullif(l.laninline, 0)::regproc,
    E'\n    VALIDATOR ' || nullif(l.lanvalidator, 0)::regproc
),
    l.tableoid,
    l.oid,
    nullif(l.lanacl, acldefault('l', l.lanowner))::text,
    pg_get_userbyid(l.lanowner)
FROM pg_catalog.pg_language l
WHERE l.lanname = $2 AND $1 = ''
