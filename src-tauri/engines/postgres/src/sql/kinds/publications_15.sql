-- Whose changes are published, with which columns, rows and schemas? (from version 15)
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
        SELECT concat_ws(
            ' ', format('%I.%I', n.nspname, c.relname),
            '(' || nullif(array_to_string(ARRAY(
                SELECT quote_ident(a.attname)
                FROM unnest(r.prattrs::int2[]) WITH ORDINALITY AS keys (number, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = keys.number
                ORDER BY keys.place
            ), ', '), '') || ')',
            'WHERE ' || pg_get_expr(r.prqual, r.prrelid)
        )
        FROM pg_catalog.pg_publication_rel r
        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.prpubid = p.oid
        ORDER BY n.nspname, c.relname
    ) AS tables,
    ARRAY(
        SELECT n.nspname::text
        FROM pg_catalog.pg_publication_namespace s
        JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid
        WHERE s.pnpubid = p.oid
        ORDER BY 1
    ) AS schemas,
    CASE to_jsonb(p) ->> 'pubgencols' WHEN 's' THEN 'stored' END AS generated_columns
FROM pg_catalog.pg_publication p
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = p.oid AND d.classoid = 'pg_catalog.pg_publication'::regclass AND d.objsubid = 0
