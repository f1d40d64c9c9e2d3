-- What statement makes this publication? (before version 15)
SELECT concat(
    format('CREATE PUBLICATION %I', p.pubname),
    CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE E'\n    FOR TABLE ' || (
        SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY n.nspname, c.relname)
        FROM pg_catalog.pg_publication_rel r
        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.prpubid = p.oid
    ) END,
    format(E'\n    WITH (publish = %L, publish_via_partition_root = %s)', concat_ws(
        ', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END
    ), p.pubviaroot::text)
),
    p.tableoid,
    p.oid
FROM pg_catalog.pg_publication p
WHERE p.pubname = $2 AND $1 = ''
