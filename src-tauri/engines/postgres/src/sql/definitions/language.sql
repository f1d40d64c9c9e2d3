-- What statement makes this language?
SELECT concat(
    'CREATE ', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' END, format('LANGUAGE %I', l.lanname),
    E'\n    HANDLER ' || nullif(l.lanplcallfoid, 0)::regproc,
    E'\n    INLINE ' || nullif(l.laninline, 0)::regproc,
    E'\n    VALIDATOR ' || nullif(l.lanvalidator, 0)::regproc
)
FROM pg_catalog.pg_language l
WHERE l.lanname = $2 AND $1 = ''
