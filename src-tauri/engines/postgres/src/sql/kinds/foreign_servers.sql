-- Which foreign servers are there?
SELECT
    'foreign_server' AS kind,
    s.oid AS id,
    0 AS place,
    s.srvname AS name,
    pg_get_userbyid(s.srvowner) AS owner,
    d.description AS comment,
    nullif(s.srvacl, acldefault('S', s.srvowner))::text[] AS acl,
    format('by %I', w.fdwname) AS summary,
    w.fdwname AS wrapper,
    s.srvtype AS type,
    s.srvversion AS version,
    ARRAY(
        SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
            ELSE split_part(o, '=', 1) || '=(hidden)' END
        FROM unnest(s.srvoptions) AS o
    ) AS foreign_options
FROM pg_catalog.pg_foreign_server s
JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = s.oid AND d.classoid = 'pg_catalog.pg_foreign_server'::regclass AND d.objsubid = 0
