-- Which tables and views of any sort are there?
SELECT
    c.oid,
    c.relnamespace,
    c.relname,
    c.relkind,
    c.relpersistence,
    c.relispartition,
    pg_get_userbyid(c.relowner) AS owner,
    c.reltuples::int8 AS row_estimate,
    c.relpages + coalesce(toast.relpages, 0) AS pages,
    s.spcname AS tablespace,
    m.amname AS access_method,
    c.relrowsecurity,
    c.relforcerowsecurity,
    c.relreplident,
    c.reloptions AS options,
    toast.reloptions AS toast_options,
    CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type,
    c.relispopulated,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS definition,
    CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
    CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS partition_bound,
    fs.srvname AS foreign_server,
    CASE WHEN ft.ftoptions IS NOT NULL THEN ARRAY(
        SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
            ELSE split_part(o, '=', 1) || '=(hidden)' END
        FROM unnest(ft.ftoptions) AS o
    ) END AS foreign_options,
    CASE WHEN c.relacl IS NOT NULL
        THEN nullif(c.relacl, acldefault('r', c.relowner))::text[] END AS acl,
    d.description
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid
LEFT JOIN pg_catalog.pg_foreign_server fs ON fs.oid = ft.ftserver
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND c.relnamespace = ANY ('{schemas}'::oid[])
    AND ({relation} = 0 OR c.oid = {relation})
    AND c.oid <> ALL ('{skipped}'::oid[])
