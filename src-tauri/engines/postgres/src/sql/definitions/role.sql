-- What statements make this role? Passwords are never asked for.
SELECT concat(
    format('CREATE ROLE %I', r.rolname),
    CASE WHEN r.rolcanlogin THEN ' LOGIN' END, CASE WHEN r.rolsuper THEN ' SUPERUSER' END,
    CASE WHEN NOT r.rolinherit THEN ' NOINHERIT' END, CASE WHEN r.rolcreaterole THEN ' CREATEROLE' END,
    CASE WHEN r.rolcreatedb THEN ' CREATEDB' END, CASE WHEN r.rolreplication THEN ' REPLICATION' END,
    CASE WHEN r.rolbypassrls THEN ' BYPASSRLS' END,
    CASE WHEN r.rolconnlimit >= 0 THEN ' CONNECTION LIMIT ' || r.rolconnlimit END,
    ' VALID UNTIL ' || quote_literal(
        to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    ),
    (
        SELECT string_agg(concat(
            format(E';\nGRANT %I TO %I', g.rolname, r.rolname),
            CASE WHEN m.admin_option THEN ' WITH ADMIN OPTION' END
        ), '' ORDER BY g.rolname)
        FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
        WHERE m.member = r.oid
    )
),
    'pg_catalog.pg_authid'::regclass::oid,
    r.oid
FROM pg_catalog.pg_roles r
WHERE r.rolname = $2 AND $1 = ''
