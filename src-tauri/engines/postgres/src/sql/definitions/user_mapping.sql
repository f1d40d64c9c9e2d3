-- What statement makes this user mapping? What may be a secret is left out.
SELECT concat(
    format(
        'CREATE USER MAPPING FOR %s SERVER %I',
        CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END, m.srvname
    ),
    (
        SELECT E'\n    OPTIONS (' || nullif(string_agg(format(
            '%I %L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)
        ), ', '), '') || ')'
        FROM unnest(m.umoptions) AS o
        WHERE split_part(o, '=', 1) = ANY ('{harmless}'::text[])
    )
)
FROM pg_catalog.pg_user_mappings m
WHERE $1 = '' AND format(
    '%s on %I', CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END, m.srvname
) = $2
