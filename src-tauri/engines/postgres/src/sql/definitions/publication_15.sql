-- What statement makes this publication? (from version 15)
SELECT concat(
    format('CREATE PUBLICATION %I', p.pubname),
    CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE E'\n    FOR ' || nullif(concat_ws(', ', (
        SELECT string_agg(
            concat(
                format('TABLE %I.%I', n.nspname, c.relname),
                (
                    SELECT format(' (%s)', string_agg(quote_ident(a.attname), ', ' ORDER BY keys.place))
                    FROM unnest(r.prattrs::int2[]) WITH ORDINALITY AS keys (number, place)
                    JOIN pg_catalog.pg_attribute a
                        ON a.attrelid = c.oid AND a.attnum = keys.number
                    HAVING count(*) > 0
                ),
                ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'
            ), ', ' ORDER BY n.nspname, c.relname
        )
        FROM pg_catalog.pg_publication_rel r
        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE r.prpubid = p.oid
    ), (
        SELECT string_agg(format('TABLES IN SCHEMA %I', n.nspname), ', ' ORDER BY n.nspname)
        FROM pg_catalog.pg_publication_namespace s
        JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid
        WHERE s.pnpubid = p.oid
    )), '') END,
    format(E'\n    WITH (publish = %L, publish_via_partition_root = %s%s)', concat_ws(
        ', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END
    ), p.pubviaroot::text, CASE to_jsonb(p) ->> 'pubgencols'
        WHEN 's' THEN ', publish_generated_columns = stored' END)
),
    p.tableoid,
    p.oid
FROM pg_catalog.pg_publication p
WHERE p.pubname = $2 AND $1 = ''
