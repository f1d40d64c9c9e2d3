-- Which sequences count an identity column, and how where not in the usual way? Those without
-- a column stand alone.
SELECT
    s.seqrelid,
    d.refobjid,
    d.refobjsubid,
    c.relnamespace,
    CASE WHEN d.refobjid IS NOT NULL THEN c.relname END AS name,
    CASE WHEN d.refobjid IS NOT NULL AND NOT (
        s.seqincrement = 1 AND s.seqstart = 1 AND s.seqmin = 1 AND s.seqcache = 1
        AND NOT s.seqcycle AND s.seqtypid = 'bigint'::regtype AND s.seqmax = 9223372036854775807
    ) THEN concat_ws(
        ' ',
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
    ) END AS options,
    age(s.xmin) AS age,
    age(c.xmin) AS class_age,
    c.relpages::int8 + c.reltuples::int8 AS estimates
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.seqrelid
    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
