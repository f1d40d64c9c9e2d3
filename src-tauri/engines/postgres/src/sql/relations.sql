-- What are these tables and views of any sort? What most do not say is null. A partition's
-- bounds name no column, so its table need not be opened (and locked) to spell them.
SELECT
    c.oid,
    c.relnamespace,
    c.relname,
    c.relkind,
    nullif(c.relpersistence, 'p') AS persistence,
    CASE WHEN c.relispartition THEN true END AS is_partition,
    pg_get_userbyid(c.relowner) AS owner,
    c.reltuples::int8 AS row_estimate,
    nullif(c.relpages, 0) AS pages,
    nullif(toast.relpages, 0) AS toast_pages,
    nullif(c.reltablespace, 0) AS tablespace,
    nullif(c.relam, 2) AS access_method,
    CASE WHEN c.relrowsecurity THEN true END AS row_security,
    CASE WHEN c.relforcerowsecurity THEN true END AS forced_row_security,
    nullif(c.relreplident, 'd') AS replica_identity,
    c.reloptions AS options,
    toast.reloptions AS toast_options,
    CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type,
    CASE WHEN NOT c.relispopulated THEN true END AS not_populated,
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
        THEN nullif(c.relacl, acldefault('r', c.relowner))::text[] END AS acl,
    age(c.xmin) AS age,
    (hashname(c.relname)::int8 + c.relnamespace::int8) # (c.oid::int8 * 40503) AS name_mark
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_class toast ON toast.oid = nullif(c.reltoastrelid, 0)
WHERE c.oid = ANY ({portion})
