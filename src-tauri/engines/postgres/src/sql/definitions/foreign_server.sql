-- What statement makes this foreign server? What may be a secret is left out.
SELECT concat(
    format('CREATE SERVER %I', s.srvname), E'\n    TYPE ' || quote_literal(s.srvtype),
    E'\n    VERSION ' || quote_literal(s.srvversion),
    format(E'\n    FOREIGN DATA WRAPPER %I', w.fdwname),
    (
        SELECT E'\n    OPTIONS (' || nullif(string_agg(format(
            '%I %L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)
        ), ', '), '') || ')'
        FROM unnest(s.srvoptions) AS o
        WHERE split_part(o, '=', 1) = ANY ('{harmless}'::text[])
    )
),
    s.tableoid,
    s.oid,
    nullif(s.srvacl, acldefault('S', s.srvowner))::text,
    pg_get_userbyid(s.srvowner)
FROM pg_catalog.pg_foreign_server s
JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE s.srvname = $2 AND $1 = ''
