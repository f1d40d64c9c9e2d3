-- As whom does each user sign in to a foreign server? Options with secrets never
-- leave here, and the server shows others' only to those who may use the server.
SELECT
    'user_mapping' AS kind,
    m.umid AS id,
    0 AS place,
    format(
        '%s on %I',
        CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END, m.srvname
    ) AS name,
    NULL::text AS owner,
    NULL::text AS comment,
    NULL::text[] AS acl,
    NULL::text AS summary,
    CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE m.usename::text END AS "user",
    m.srvname AS server,
    ARRAY(
        SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
            ELSE split_part(o, '=', 1) || '=(hidden)' END
        FROM unnest(m.umoptions) AS o
    ) AS foreign_options
FROM pg_catalog.pg_user_mappings m
