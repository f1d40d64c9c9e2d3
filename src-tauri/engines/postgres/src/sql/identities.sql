-- Which identity columns count in another way than they do by themselves?
SELECT * FROM (
    SELECT
        d.refobjid,
        d.refobjsubid,
        concat_ws(
            ' ',
            CASE WHEN c.relnamespace <> t.relnamespace
                    OR c.relname <> format('%s_%s_seq', t.relname, a.attname)
                THEN format('SEQUENCE NAME %I.%I', n.nspname, c.relname) END,
            CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END
                THEN 'START WITH ' || s.seqstart END,
            CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement END,
            CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1
                    WHEN s.seqtypid = 'smallint'::regtype THEN -32768
                    WHEN s.seqtypid = 'integer'::regtype THEN -2147483648
                    ELSE -9223372036854775808 END
                THEN 'MINVALUE ' || s.seqmin END,
            CASE WHEN s.seqmax <> CASE WHEN s.seqincrement < 0 THEN -1
                    WHEN s.seqtypid = 'smallint'::regtype THEN 32767
                    WHEN s.seqtypid = 'integer'::regtype THEN 2147483647
                    ELSE 9223372036854775807 END
                THEN 'MAXVALUE ' || s.seqmax END,
            CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
            CASE WHEN s.seqcycle THEN 'CYCLE' END
        ) AS options
    FROM pg_catalog.pg_sequence s
    JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.seqrelid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
    JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE t.relnamespace = ANY ('{schemas}'::oid[])
        AND ({relation} = 0 OR t.oid = {relation})
) AS identities
WHERE options <> ''
