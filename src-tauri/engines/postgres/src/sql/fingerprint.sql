-- What tells this state of the schema from any other? Whoever makes or changes a row of the
-- catalogue leaves the number of a newer transaction on it, and whoever drops one leaves a
-- smaller count. Rows are put together by what they are about, objects by the remainders of
-- their numbers: tables (r), their names (n), indexes (i), sequences (s), comments (d), objects
-- that others may name (o), all else that is told (x), and what changes everything (a).
-- A transaction's number is told by its distance to the third, the first one of people. Where
-- most rows are people's, their numbers are compared as int8: a walk along the index of the
-- numbers takes up to three times as long as reading all. Types of rows are found by the number of
-- the file that they do not have. What is read of tables and sequences is asked apart: a reading
-- of all adds it up by the way. Here stands what tells which questions nothing would answer, too.
WITH triggers AS MATERIALIZED (
    SELECT t.tgrelid, t.xmin
    FROM pg_catalog.pg_trigger t
    WHERE NOT t.tgisinternal OR t.tgparentid <> 0 AND {number} < 150000
),
rows AS (
    SELECT 'x' AS kind, 1259 AS class, 0::int8 AS bucket, count(*) AS n, sum(age(c.xmin)) AS age,
        0::int8 AS more
    FROM pg_catalog.pg_class c
    WHERE c.reltablespace = 0 AND c.relfilenode = 0 AND c.relkind = 'c'
        AND c.relnamespace = ANY ('{schemas}'::oid[])
    UNION ALL
    SELECT 'x', 2606, 0, count(*), sum(age(k.xmin)), 0
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = 0 AND k.oid::int8 >= 16384
    UNION ALL
    SELECT 'r', 2606, k.conrelid::int8 & 1023, count(*), sum(age(k.xmin)), 0
    FROM pg_catalog.pg_constraint k
    WHERE ({number} >= 180000 OR EXISTS (SELECT FROM triggers))
        AND k.conrelid::int8 >= 16384 AND k.contype NOT IN ('p', 'u', 'f', 'c', 'x')
    GROUP BY 3
    UNION ALL
    SELECT 'r', 2620, t.tgrelid::int8 & 1023, count(*), sum(age(t.xmin)), 0
    FROM triggers t
    GROUP BY 3
    UNION ALL
    SELECT 'r', 2618, r.ev_class::int8 & 1023, count(*), sum(age(r.xmin)),
        count(*) FILTER (WHERE r.rulename <> '_RETURN')
    FROM pg_catalog.pg_rewrite r
    WHERE r.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'r', 3256, p.polrelid::int8 & 1023, count(*), sum(age(p.xmin)), 0
    FROM pg_catalog.pg_policy p
    GROUP BY 3
    UNION ALL
    SELECT 'r', 2611, i.inhrelid::int8 & 1023, count(*), sum(age(i.xmin)), 0
    FROM pg_catalog.pg_inherits i
    GROUP BY 3
    UNION ALL
    SELECT 'r', 3118, f.ftrelid::int8 & 1023, count(*), sum(age(f.xmin)), 0
    FROM pg_catalog.pg_foreign_table f
    GROUP BY 3
    UNION ALL
    SELECT 'd', d.classoid::int4, d.objoid::int8 & 1023, count(*), sum(age(d.xmin)), 0
    FROM pg_catalog.pg_description d
    WHERE d.objoid >= 16384
    GROUP BY 2, 3
    UNION ALL
    SELECT 'o', 1255, p.oid::int8 & 1023, count(*), sum(age(p.xmin)), 0
    FROM pg_catalog.pg_proc p
    WHERE p.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'o', 1247, t.oid::int8 & 1023, count(*), sum(age(t.xmin)),
        count(*) FILTER (WHERE t.typarray <> 0 AND t.typtype = 'b' OR t.typtype IN ('e', 'd', 'r'))
    FROM pg_catalog.pg_type t
    WHERE t.oid::int8 >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'o', 2617, o.oid::int8 & 1023, count(*), sum(age(o.xmin)), 0
    FROM pg_catalog.pg_operator o
    WHERE o.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'o', 2616, o.oid::int8 & 1023, count(*), sum(age(o.xmin)), 0
    FROM pg_catalog.pg_opclass o
    WHERE o.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'o', 3456, l.oid::int8 & 1023, count(*), sum(age(l.xmin)), 0
    FROM pg_catalog.pg_collation l
    WHERE l.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'o', 2601, m.oid::int8 & 1023, count(*), sum(age(m.xmin)), 0
    FROM pg_catalog.pg_am m
    WHERE m.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'o', 1417, s.oid::int8 & 1023, count(*), sum(age(s.xmin)), 0
    FROM pg_catalog.pg_foreign_server s
    GROUP BY 3
    UNION ALL
    SELECT 'x', 0, 0, count(*), sum(age(e.xmin)), 0 FROM pg_catalog.pg_enum e
    UNION ALL
    SELECT 'x', 1, 0, count(*), sum(age(r.xmin)), 0 FROM pg_catalog.pg_range r
    WHERE r.rngtypid >= 16384
    UNION ALL
    SELECT 'x', 2, 0, count(*), sum(age(a.xmin)), 0 FROM pg_catalog.pg_attribute a
    WHERE a.attrelid IN (
        SELECT c.oid FROM pg_catalog.pg_class c
        WHERE c.reltablespace = 0 AND c.relfilenode = 0 AND c.relkind = 'c'
            AND c.relnamespace = ANY ('{schemas}'::oid[])
    )
    UNION ALL
    SELECT 'x', 3, 0, count(*), sum(age(f.xmin)), 0 FROM pg_catalog.pg_opfamily f
    WHERE f.oid >= 16384
    UNION ALL
    SELECT 'x', 4, 0, count(*), sum(age(a.xmin)), 0 FROM pg_catalog.pg_amop a
    WHERE a.oid >= 16384
    UNION ALL
    SELECT 'x', 5, 0, count(*), sum(age(a.xmin)), 0 FROM pg_catalog.pg_amproc a
    WHERE a.oid >= 16384
    UNION ALL
    SELECT 'x', 6, 0, count(*), sum(age(k.xmin)), 0 FROM pg_catalog.pg_cast k
    WHERE k.oid >= 16384
    UNION ALL
    SELECT 'x', 7, 0, count(*), sum(age(v.xmin)), 0 FROM pg_catalog.pg_conversion v
    WHERE v.oid >= 16384
    UNION ALL
    SELECT 'x', 8, 0, count(*), sum(age(l.xmin)), 0 FROM pg_catalog.pg_language l
    WHERE l.oid >= 16384
    UNION ALL
    SELECT 'x', 9, 0, count(*), sum(age(t.xmin)), 0 FROM pg_catalog.pg_event_trigger t
    UNION ALL
    SELECT 'x', 10, 0, count(*), sum(age(w.xmin)), 0 FROM pg_catalog.pg_foreign_data_wrapper w
    UNION ALL
    SELECT 'x', 11, 0, count(*), sum(age(p.xmin)), 0 FROM pg_catalog.pg_publication p
    UNION ALL
    SELECT 'x', 12, 0, count(*), sum(age(p.xmin)), 0 FROM pg_catalog.pg_publication_rel p
    UNION ALL
    SELECT 'o', 3602, c.oid::int8 & 1023, count(*), sum(age(c.xmin)), 0
    FROM pg_catalog.pg_ts_config c
    WHERE c.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'x', 14, 0, count(*), sum(age(m.xmin)), 0 FROM pg_catalog.pg_ts_config_map m
    WHERE m.mapcfg >= 16384
    UNION ALL
    SELECT 'o', 3600, t.oid::int8 & 1023, count(*), sum(age(t.xmin)), 0
    FROM pg_catalog.pg_ts_dict t
    WHERE t.oid >= 16384
    GROUP BY 3
    UNION ALL
    SELECT 'x', 16, 0, count(*), sum(age(t.xmin)), 0 FROM pg_catalog.pg_ts_template t
    WHERE t.oid >= 16384
    UNION ALL
    SELECT 'x', 17, 0, count(*), sum(age(p.xmin)), 0 FROM pg_catalog.pg_ts_parser p
    WHERE p.oid >= 16384
    UNION ALL
    SELECT 'x', 18, 0, count(*), sum(age(s.xmin)), 0 FROM pg_catalog.pg_statistic_ext s
    UNION ALL
    SELECT 'x', 19, 0, count(*), sum(age(a.xmin)), 0 FROM pg_catalog.pg_default_acl a
    UNION ALL
    SELECT 'x', 20, 0, count(*), sum(age(a.xmin)), 0 FROM pg_catalog.pg_aggregate a
    WHERE a.aggfnoid >= 16384::regproc
)
SELECT kind, class, bucket, n, coalesce(n * age('3'::xid) - age, 0), coalesce(more, 0)
FROM rows
UNION ALL
SELECT said.kind, said.place, 0, 0, 0, ('x' || left(md5(said.text), 15))::bit(60)::int8
FROM (
    SELECT 'x' AS kind, 101 AS place, (
        SELECT string_agg(m::text, ' ' ORDER BY m.umid) FROM pg_catalog.pg_user_mappings m
    ) AS text
    UNION ALL
    SELECT 'x', 103, {published_schemas}
    UNION ALL
    -- What the server made itself has no transaction of its own.
    SELECT 'x', 104, (
        SELECT string_agg(concat_ws(' ', d.classoid, d.objoid, d.description), ' '
            ORDER BY d.classoid, d.objoid)
        FROM pg_catalog.pg_description d
        WHERE d.objoid < 16384 AND d.classoid IN (
            'pg_catalog.pg_namespace'::regclass, 'pg_catalog.pg_extension'::regclass,
            'pg_catalog.pg_language'::regclass
        )
    )
    UNION ALL
    SELECT 'a', 0, (
        SELECT string_agg(concat_ws(' ', n.oid, n.xmin), ' ' ORDER BY n.oid)
        FROM pg_catalog.pg_namespace n
        WHERE n.nspname !~ '^pg_(toast_)?temp_'
    )
    UNION ALL
    SELECT 'a', 3, (SELECT string_agg(concat_ws(' ', x.oid, x.xmin), ' ' ORDER BY x.oid)
        FROM pg_catalog.pg_extension x)
    UNION ALL
    SELECT 'a', 4, (
        SELECT string_agg(concat_ws(' ', d.classid, d.objid, d.refobjid), ' '
            ORDER BY d.classid, d.objid, d.refobjid)
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e'
    )
    UNION ALL
    -- Whether anybody says anything of an index.
    SELECT 'x', 105, (
        SELECT 'yes'
        FROM pg_catalog.pg_description d
        JOIN pg_catalog.pg_class i ON i.oid = d.objoid AND i.relkind IN ('i', 'I')
        WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
        LIMIT 1
    )
    UNION ALL
    -- Whether anything needs a type or a routine.
    SELECT 'x', 106, (
        SELECT 'yes'
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_type'::regclass)
            AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a')
        LIMIT 1
    )
) AS said
WHERE said.text IS NOT NULL
