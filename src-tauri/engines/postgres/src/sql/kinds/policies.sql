-- Which policies decide on the rows that a user sees and writes?
SELECT
    'policy' AS kind,
    p.oid AS id,
    p.polrelid AS place,
    p.polname AS name,
    NULL::text AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    format(
        '%s for %s',
        CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
            WHEN 'd' THEN 'delete' ELSE 'all' END,
        array_to_string(ARRAY(
            SELECT CASE role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END
            FROM unnest(p.polroles) AS role
            ORDER BY 1
        ), ', ')
    ) AS summary,
    CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
        WHEN 'd' THEN 'delete' ELSE 'all' END AS command,
    NOT p.polpermissive AS restrictive,
    ARRAY(
        SELECT CASE role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END
        FROM unnest(p.polroles) AS role
        ORDER BY 1
    ) AS roles,
    pg_get_expr(p.polqual, p.polrelid) AS "using",
    pg_get_expr(p.polwithcheck, p.polrelid) AS with_check
FROM pg_catalog.pg_policy p
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = p.oid AND d.classoid = 'pg_catalog.pg_policy'::regclass AND d.objsubid = 0
WHERE p.polrelid = ANY ({portion})
