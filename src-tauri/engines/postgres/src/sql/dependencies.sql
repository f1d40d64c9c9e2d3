-- What does each view, routine, default, column, trigger, policy and the rest of what
-- people made need? What a view's rule needs, the view needs; what a default needs, its
-- column needs.
WITH links AS (
    SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid
    FROM pg_catalog.pg_depend d
    WHERE d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_type'::regclass)
        AND d.refobjid >= 16384
        AND d.deptype IN ('n', 'a')
    UNION
    SELECT d.classid, d.objid, 0, d.refclassid, d.refobjid
    FROM pg_catalog.pg_depend d
    WHERE d.classid IN (
            'pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_proc'::regclass,
            'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_statistic_ext'::regclass
        )
        AND d.refclassid = 'pg_catalog.pg_class'::regclass
        AND d.refobjid >= 16384
        AND d.deptype IN ('n', 'a')
    UNION
    SELECT d.classid, d.objid, 0, d.refclassid, d.refobjid
    FROM pg_catalog.pg_sequence s
    JOIN pg_catalog.pg_depend d
        ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = s.seqrelid
        AND d.classid = 'pg_catalog.pg_attrdef'::regclass
    -- A default is bound to its own column in another way.
    WHERE d.deptype = 'n'
),
placed AS (
    SELECT
        CASE
            WHEN r.rulename = '_RETURN' OR v.oid IS NOT NULL THEN 'pg_catalog.pg_class'::regclass
            WHEN c.relkind = 'c' OR k.contypid <> 0 THEN 'pg_catalog.pg_type'::regclass
            ELSE l.classid
        END::oid AS class,
        CASE
            WHEN r.rulename = '_RETURN' THEN r.ev_class
            WHEN v.oid IS NOT NULL THEN v.adrelid
            WHEN c.relkind = 'c' THEN c.reltype
            WHEN k.contypid <> 0 THEN k.contypid
            ELSE l.objid
        END AS id,
        CASE WHEN v.oid IS NOT NULL THEN v.adnum WHEN c.relkind = 'c' THEN 0 ELSE l.objsubid END
            AS part,
        -- A rule or policy stands in its table, which says enough.
        CASE WHEN r.rulename <> '_RETURN' THEN r.ev_class ELSE y.polrelid END AS own,
        l.refclassid,
        l.refobjid
    FROM links l
    LEFT JOIN pg_catalog.pg_rewrite r
        ON l.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = l.objid
    LEFT JOIN pg_catalog.pg_attrdef v
        ON l.classid = 'pg_catalog.pg_attrdef'::regclass AND v.oid = l.objid
    LEFT JOIN pg_catalog.pg_class c
        ON l.classid = 'pg_catalog.pg_class'::regclass AND c.oid = l.objid
    LEFT JOIN pg_catalog.pg_constraint k
        ON l.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = l.objid
    LEFT JOIN pg_catalog.pg_policy y
        ON l.classid = 'pg_catalog.pg_policy'::regclass AND y.oid = l.objid
)
SELECT DISTINCT
    p.class,
    p.id,
    p.part,
    CASE
        WHEN f.oid IS NOT NULL THEN
            CASE f.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END
        WHEN coalesce(c.relkind, 'c') <> 'c' THEN
            CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized_view'
                WHEN 'f' THEN 'foreign_table' WHEN 'S' THEN 'sequence' ELSE 'table' END
        ELSE
            CASE t.typtype WHEN 'e' THEN 'enum_type' WHEN 'd' THEN 'domain'
                WHEN 'c' THEN 'composite_type' WHEN 'r' THEN 'range_type' ELSE 'base_type' END
    END AS kind,
    n.nspname,
    coalesce(f.proname || '(' || oidvectortypes(f.proargtypes) || ')', c.relname, t.typname)
        AS name
FROM placed p
LEFT JOIN pg_catalog.pg_proc f
    ON p.refclassid = 'pg_catalog.pg_proc'::regclass AND f.oid = p.refobjid
LEFT JOIN pg_catalog.pg_type e
    ON p.refclassid = 'pg_catalog.pg_type'::regclass AND e.typarray = p.refobjid
LEFT JOIN pg_catalog.pg_type t
    ON p.refclassid = 'pg_catalog.pg_type'::regclass AND t.oid = coalesce(e.oid, p.refobjid)
LEFT JOIN pg_catalog.pg_class c
    ON c.oid = CASE p.refclassid WHEN 'pg_catalog.pg_class'::regclass THEN p.refobjid
        ELSE nullif(t.typrelid, 0) END
LEFT JOIN pg_catalog.pg_namespace n
    ON n.oid = coalesce(f.pronamespace, c.relnamespace, t.typnamespace)
WHERE coalesce(f.oid, c.oid, t.oid) IS NOT NULL
    AND (t.oid IS NULL OR t.typtype IN ('b', 'c', 'd', 'e', 'r'))
    AND (c.oid IS NULL OR c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c'))
    AND NOT (p.class = p.refclassid AND p.id = p.refobjid)
    AND NOT (p.class = 'pg_catalog.pg_type'::regclass AND p.id IS NOT DISTINCT FROM t.oid)
    AND NOT (p.class = 'pg_catalog.pg_class'::regclass AND p.id IS NOT DISTINCT FROM c.oid)
    AND (p.own IS NULL OR p.own IS DISTINCT FROM c.oid)
