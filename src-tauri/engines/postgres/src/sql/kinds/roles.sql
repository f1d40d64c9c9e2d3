-- Which users and groups are there? Passwords are never asked for.
SELECT
    'role' AS kind,
    r.oid AS id,
    0 AS place,
    r.rolname AS name,
    NULL::text AS owner,
    shobj_description(r.oid, 'pg_authid') AS comment,
    NULL::text[] AS acl,
    concat_ws(
        ', ', CASE WHEN r.rolcanlogin THEN 'may sign in' ELSE 'group' END,
        CASE WHEN r.rolsuper THEN 'superuser' END
    ) AS summary,
    r.rolcanlogin AS login,
    r.rolsuper AS superuser,
    NOT r.rolinherit AS no_inherit,
    r.rolcreaterole AS create_role,
    r.rolcreatedb AS create_database,
    r.rolreplication AS replication,
    r.rolbypassrls AS bypasses_row_security,
    CASE WHEN r.rolconnlimit >= 0 THEN r.rolconnlimit::text END AS connection_limit,
    to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS valid_until,
    ARRAY(
        SELECT quote_ident(g.rolname) || coalesce(' with ' || nullif(concat_ws(
            ', ', CASE WHEN m.admin_option THEN 'admin' END,
            CASE to_jsonb(m) ->> 'inherit_option' WHEN 'false' THEN 'no inherit' END,
            CASE to_jsonb(m) ->> 'set_option' WHEN 'false' THEN 'no set' END
        ), ''), '')
        FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
        WHERE m.member = r.oid
        ORDER BY 1
    ) AS member_of
FROM pg_catalog.pg_roles r
-- The server's own groups have names that nobody may give.
WHERE r.rolname !~ '^pg_'
