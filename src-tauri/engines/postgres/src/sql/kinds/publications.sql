-- Whose changes are published? (before version 15)
SELECT
    'publication' AS kind,
    p.oid AS id,
    0 AS place,
    p.pubname AS name,
    pg_get_userbyid(p.pubowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    CASE WHEN p.puballtables THEN 'all tables' END AS summary,
    p.puballtables AS all_tables,
    concat_ws(
        ', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END
    ) AS operations,
    p.pubviaroot AS via_root,
    ARRAY(
        SELECT format('%I.%I', n.nspname, c.relname)
        FROM pg_catalog.pg_publication_rel r
        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.prpubid = p.oid
        ORDER BY 1
    ) AS tables
FROM pg_catalog.pg_publication p
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = p.oid AND d.classoid = 'pg_catalog.pg_publication'::regclass AND d.objsubid = 0
