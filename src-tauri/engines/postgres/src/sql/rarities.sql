-- Which of the things that few tables have are there at all? What is not is never asked for.
SELECT
    EXISTS (SELECT FROM pg_catalog.pg_inherits) AS parents,
    EXISTS (
        SELECT FROM pg_catalog.pg_trigger t
        WHERE NOT t.tgisinternal OR t.tgparentid <> 0 AND {number} < 150000
    ) AS triggers,
    EXISTS (
        SELECT FROM pg_catalog.pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.ev_class >= 16384
    ) AS rules,
    EXISTS (SELECT FROM pg_catalog.pg_policy) AS policies,
    EXISTS (
        SELECT FROM pg_catalog.pg_description d
        WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass
    ) AS comments_on_constraints,
    EXISTS (
        SELECT FROM pg_catalog.pg_description d
        JOIN pg_catalog.pg_class i ON i.oid = d.objoid AND i.relkind IN ('i', 'I')
        WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
    ) AS comments_on_indexes
