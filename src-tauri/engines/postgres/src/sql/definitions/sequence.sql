-- What statements make this sequence?
SELECT concat(
    CASE WHEN c.relpersistence = 'u' THEN 'CREATE UNLOGGED SEQUENCE ' ELSE 'CREATE SEQUENCE ' END,
    format('%I.%I AS %s', n.nspname, c.relname, format_type(s.seqtypid, NULL)),
    format(
        E'\n    START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s',
        s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
        CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END
    ),
    format(
        E';\n\nALTER SEQUENCE %I.%I OWNED BY ', n.nspname, c.relname
    ) || (
        SELECT format('%I.%I.%I', tn.nspname, t.relname, a.attname)
        FROM pg_catalog.pg_depend o
        JOIN pg_catalog.pg_class t ON t.oid = o.refobjid
        JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = o.refobjsubid
        WHERE o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid
            AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.deptype = 'a'
            AND o.refobjsubid > 0
    )
),
    c.tableoid,
    c.oid,
    nullif(c.relacl, acldefault('s', c.relowner))::text,
    pg_get_userbyid(c.relowner)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
WHERE n.nspname = $1 AND c.relname = $2
