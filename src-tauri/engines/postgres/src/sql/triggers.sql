-- Which triggers do they have? Those that hold up foreign keys are the server's own;
-- those that a partition has from its parent were marked so too before version 15.
SELECT
    t.oid,
    t.tgrelid,
    t.tgname,
    t.tgtype,
    t.tgenabled,
    t.tgattr,
    t.tgconstraint <> 0 AS is_constraint,
    t.tgdeferrable,
    t.tginitdeferred,
    t.tgparentid <> 0 AS inherited,
    n.nspname AS function_schema,
    p.proname AS function_name,
    pg_get_triggerdef(t.oid, false) AS definition,
    d.description
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = t.oid AND d.classoid = 'pg_catalog.pg_trigger'::regclass
WHERE (NOT t.tgisinternal OR t.tgparentid <> 0 AND {number} < 150000)
    AND t.tgrelid = ANY ({portion})
