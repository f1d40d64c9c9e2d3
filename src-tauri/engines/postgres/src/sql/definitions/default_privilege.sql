-- What statements make these default privileges? Those for a whole database take from
-- everybody what everybody has by themselves.
SELECT concat(
    (
        SELECT string_agg(format(
            E'ALTER DEFAULT PRIVILEGES FOR ROLE %I\n    REVOKE ALL ON %s FROM %s;\n',
            pg_get_userbyid(a.defaclrole),
            CASE a.defaclobjtype WHEN 'f' THEN 'FUNCTIONS' ELSE 'TYPES' END, 'PUBLIC'
        ), '')
        FROM aclexplode(acldefault(a.defaclobjtype, a.defaclrole)) AS usual
        WHERE a.defaclnamespace = 0 AND usual.grantee = 0
            AND NOT EXISTS (SELECT FROM aclexplode(a.defaclacl) AS kept WHERE kept.grantee = 0)
    ),
    string_agg(concat(
    format('ALTER DEFAULT PRIVILEGES FOR ROLE %I', pg_get_userbyid(a.defaclrole)),
    ' IN SCHEMA ' || quote_ident(n.nspname),
    format(
        E'\n    GRANT %s ON %s TO %s', items.rights,
        CASE a.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
            WHEN 'T' THEN 'TYPES' WHEN 'L' THEN 'LARGE OBJECTS' ELSE 'SCHEMAS' END,
        CASE items.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(items.grantee)) END
    ),
    CASE WHEN items.is_grantable THEN ' WITH GRANT OPTION' END
), E';\n' ORDER BY items.grantee)
)
FROM pg_catalog.pg_default_acl a
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = a.defaclnamespace
CROSS JOIN LATERAL (
    SELECT x.grantee, x.is_grantable, string_agg(x.privilege_type, ', ') AS rights
    FROM aclexplode(a.defaclacl) AS x
    GROUP BY x.grantee, x.is_grantable
) AS items
WHERE $1 = '' AND format(
    '%s of %I',
    CASE a.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
        WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' WHEN 'L' THEN 'large objects'
        ELSE a.defaclobjtype::text END,
    pg_get_userbyid(a.defaclrole)
) || coalesce(' in ' || quote_ident(n.nspname), '') = $2
GROUP BY a.oid, a.defaclrole, a.defaclobjtype, a.defaclnamespace, a.defaclacl
