-- What else was said of the object with this catalogue ($1) and number ($2): its comment,
-- and who may do what ($3) besides its owner ($4)?
SELECT concat(
    format(E';\n\nCOMMENT ON %s %s IS ', named.word, named.identity) || quote_literal(
        CASE WHEN named.type IN ('database', 'role', 'tablespace')
            THEN shobj_description($2::oid, $1::oid::regclass::name)
            ELSE obj_description($2::oid, $1::oid::regclass::name) END
    ),
    CASE WHEN $3 <> '' THEN format(
        E';\n\nREVOKE ALL ON %s %s FROM PUBLIC, %I', named.granted, named.identity, $4
    ) END,
    (
        SELECT string_agg(concat(
            format(E';\nGRANT %s ON %s %s TO ', items.rights, named.granted, named.identity),
            CASE items.grantee WHEN 0 THEN 'PUBLIC'
                ELSE quote_ident(pg_get_userbyid(items.grantee)) END,
            CASE WHEN items.is_grantable THEN ' WITH GRANT OPTION' END
        ), '' ORDER BY items.grantee, items.is_grantable)
        FROM (
            SELECT x.grantee, x.is_grantable, string_agg(DISTINCT x.privilege_type, ', ') AS rights
            FROM aclexplode(nullif(nullif($3, ''), '{}')::aclitem[]) AS x
            GROUP BY x.grantee, x.is_grantable
        ) AS items
    )
)
FROM (
    SELECT
        i.type,
        i.identity,
        CASE WHEN i.type IN ('function', 'procedure', 'aggregate') THEN 'ROUTINE'
            WHEN i.type = 'statistics object' THEN 'STATISTICS'
            WHEN i.type = 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'
            ELSE upper(i.type) END AS word,
        CASE WHEN i.type IN ('function', 'procedure', 'aggregate') THEN 'ROUTINE'
            WHEN i.type = 'server' THEN 'FOREIGN SERVER'
            WHEN i.type = 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'
            ELSE upper(i.type) END AS granted
    FROM pg_identify_object($1::oid, $2::oid, 0) AS i
) AS named
