-- What statement makes this operator?
SELECT concat(
    format('CREATE OPERATOR %I.%s (', n.nspname, o.oprname),
    E'\n    FUNCTION = ' || o.oprcode,
    E',\n    LEFTARG = ' || format_type(nullif(o.oprleft, 0), NULL),
    E',\n    RIGHTARG = ' || format_type(nullif(o.oprright, 0), NULL),
    (
        SELECT format(E',\n    COMMUTATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname)
        FROM pg_catalog.pg_operator c
        JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace
        WHERE c.oid = o.oprcom
    ),
    (
        SELECT format(E',\n    NEGATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname)
        FROM pg_catalog.pg_operator c
        JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace
        WHERE c.oid = o.oprnegate
    ),
    E',\n    RESTRICT = ' || nullif(o.oprrest, 0)::regproc,
    E',\n    JOIN = ' || nullif(o.oprjoin, 0)::regproc,
    CASE WHEN o.oprcanhash THEN E',\n    HASHES' END, CASE WHEN o.oprcanmerge THEN E',\n    MERGES' END,
    E'\n)'
),
    o.tableoid,
    o.oid
FROM pg_catalog.pg_operator o
JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
WHERE n.nspname = $1 AND format(
    '%s(%s, %s)', o.oprname,
    CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
    CASE o.oprright WHEN 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END
) = $2
