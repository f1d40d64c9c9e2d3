-- What statement makes this operator class?
SELECT concat(
    format('CREATE OPERATOR CLASS %I.%I', n.nspname, o.opcname),
    CASE WHEN o.opcdefault THEN ' DEFAULT' END,
    format(
        E'\n    FOR TYPE %s USING %I FAMILY %I.%I AS', format_type(o.opcintype, NULL), m.amname,
        fn.nspname, f.opfname
    ),
    E'\n    ', concat_ws(
        E',\n    ',
        'STORAGE ' || coalesce(
            format_type(nullif(o.opckeytype, 0), NULL),
            CASE WHEN NOT EXISTS (
                SELECT FROM pg_catalog.pg_amop a
                WHERE a.amopfamily = f.oid AND a.amoplefttype = o.opcintype
            ) AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_amproc a
                WHERE a.amprocfamily = f.oid AND a.amproclefttype = o.opcintype
            ) THEN format_type(o.opcintype, NULL) END
        ),
        (
            SELECT string_agg(
                concat(
                    format(
                        'OPERATOR %s %I.%s (%s, %s)', a.amopstrategy, pn.nspname, p.oprname,
                        format_type(a.amoplefttype, NULL), format_type(a.amoprighttype, NULL)
                    ),
                    (
                        SELECT format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
                        FROM pg_catalog.pg_opfamily s
                        JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace
                        WHERE s.oid = a.amopsortfamily
                    )
                ), E',\n    ' ORDER BY a.amopstrategy
            )
            FROM pg_catalog.pg_amop a
            JOIN pg_catalog.pg_operator p ON p.oid = a.amopopr
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.oprnamespace
            WHERE a.amopfamily = f.oid AND a.amoplefttype = o.opcintype
                AND a.amoprighttype = o.opcintype
        ),
        (
            SELECT string_agg(
                format('FUNCTION %s %s', a.amprocnum, a.amproc::regprocedure), E',\n    '
                ORDER BY a.amprocnum
            )
            FROM pg_catalog.pg_amproc a
            WHERE a.amprocfamily = f.oid AND a.amproclefttype = o.opcintype
                AND a.amprocrighttype = o.opcintype
        )
    )
),
    o.tableoid,
    o.oid
FROM pg_catalog.pg_opclass o
JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod
JOIN pg_catalog.pg_opfamily f ON f.oid = o.opcfamily
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
WHERE n.nspname = $1 AND format('%s (%s)', o.opcname, m.amname) = $2
