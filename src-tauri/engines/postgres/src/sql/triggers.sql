-- Which triggers do they have? Those that hold up foreign keys are the server's own.
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
    n.nspname AS function_schema,
    p.proname AS function_name,
    pg_get_triggerdef(t.oid, false) AS definition,
    d.description
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = t.oid AND d.classoid = 'pg_catalog.pg_trigger'::regclass
WHERE NOT t.tgisinternal
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND ({relation} = 0 OR c.oid = {relation})
    AND c.oid <> ALL ('{skipped}'::oid[])
