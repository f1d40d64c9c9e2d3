-- What tells this state of the tables and views, their parts and the sequences from any other, by
-- the remainders of their numbers? A reading of all adds up the same from what it reads.
WITH classes AS (
    SELECT
        CASE WHEN c.relkind IN ('i', 'I') THEN 'i' WHEN c.relkind = 'S' THEN 's' ELSE 'r' END AS kind,
        c.oid::int8 & 1023 AS bucket,
        count(*) AS n,
        sum(age(c.xmin)) AS age,
        sum(c.relpages + CASE WHEN c.relkind IN ('i', 'I') THEN 0 ELSE c.reltuples::int8 END) AS more,
        sum((hashname(c.relname)::int8 + c.relnamespace::int8) # (c.oid::int8 * 40503)) AS names
    FROM pg_catalog.pg_class c
    WHERE c.oid::int8 >= 16384 AND c.relkind NOT IN ('t', 'c')
        AND c.relnamespace = ANY ('{schemas}'::oid[])
    GROUP BY 1, 2
),
rows AS (
    SELECT kind, 1259 AS class, bucket, n, age, more FROM classes
    UNION ALL
    SELECT 'n', 1259, bucket, n, NULL, names FROM classes WHERE kind = 'r'
    UNION ALL
    SELECT 's', 2224, s.seqrelid::int8 & 1023, count(*), sum(age(s.xmin)), 0
    FROM pg_catalog.pg_sequence s
    GROUP BY 3
    UNION ALL
    SELECT 'r', 2604, v.adrelid::int8 & 1023, count(*), sum(age(v.xmin)), 0
    FROM pg_catalog.pg_attrdef v
    WHERE v.adrelid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'r', 2606, k.conrelid::int8 & 1023, count(*), sum(age(k.xmin)), 0
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid >= 16384 AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    GROUP BY 3
    UNION ALL
    SELECT 'r', 2610, x.indrelid::int8 & 1023, count(*), sum(age(x.xmin)),
        count(*) FILTER (WHERE x.indisvalid AND x.indisready)
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_index x ON x.indrelid = c.oid
    WHERE c.oid::int8 >= 16384 AND c.relkind IN ('r', 'p', 'm')
        AND c.relnamespace = ANY ('{schemas}'::oid[])
    GROUP BY 3
    UNION ALL
    SELECT 'r', 1249, a.attrelid::int8 & 1023, count(*), sum(age(a.xmin)),
        sum(hashname(a.attname) # a.attnum * 40503)
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    WHERE c.oid::int8 >= 16384 AND a.attnum > 0 AND NOT a.attisdropped
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND c.relnamespace = ANY ('{schemas}'::oid[])
    GROUP BY 3
)
SELECT kind, class, bucket, n, coalesce(n * age('3'::xid) - age, 0), coalesce(more, 0)
FROM rows
