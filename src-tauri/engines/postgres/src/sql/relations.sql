-- What are these tables and views of any sort? A partition's bounds name no column, so
-- its table need not be opened (and locked) to spell them.
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
    c.reltablespace,
    c.relam,
    c.relrowsecurity,
    c.relforcerowsecurity,
    c.relreplident,
    c.reloptions AS options,
    toast.reloptions AS toast_options,
    CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type,
    c.relispopulated,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS definition,
    CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
    CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, 0) END AS partition_bound,
    CASE WHEN c.relkind = 'f' THEN (
        SELECT s.srvname
        FROM pg_catalog.pg_foreign_table f
        JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
        WHERE f.ftrelid = c.oid
    ) END AS foreign_server,
    CASE WHEN c.relkind = 'f' THEN ARRAY(
        SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
            ELSE split_part(o, '=', 1) || '=(hidden)' END
        FROM pg_catalog.pg_foreign_table f, unnest(f.ftoptions) AS o
        WHERE f.ftrelid = c.oid
    ) END AS foreign_options,
    CASE WHEN c.relacl IS NOT NULL
        THEN nullif(c.relacl, acldefault('r', c.relowner))::text[] END AS acl
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_class toast ON toast.oid = nullif(c.reltoastrelid, 0)
WHERE c.oid = ANY ({portion})
