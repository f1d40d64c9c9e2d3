-- What statement makes this foreign data wrapper? What may be a secret is left out.
SELECT concat(
    format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname),
    E'\n    HANDLER ' || nullif(w.fdwhandler, 0)::regproc,
    E'\n    VALIDATOR ' || nullif(w.fdwvalidator, 0)::regproc,
    (
        SELECT E'\n    OPTIONS (' || nullif(string_agg(format(
            '%I %L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)
        ), ', '), '') || ')'
        FROM unnest(w.fdwoptions) AS o
        WHERE split_part(o, '=', 1) = ANY ('{harmless}'::text[])
    )
),
    w.tableoid,
    w.oid,
    nullif(w.fdwacl, acldefault('F', w.fdwowner))::text,
    pg_get_userbyid(w.fdwowner)
FROM pg_catalog.pg_foreign_data_wrapper w
WHERE w.fdwname = $2 AND $1 = ''
