-- Which tables and views tell something else now, by the remainders of their numbers? Those
-- whose indexes, parts or identity sequences changed, and those that name what has another
-- name or is another now. Objects are given as the number of their catalogue times 1024 and
-- the remainder of their own.
WITH named AS MATERIALIZED (
    SELECT class, oid
    FROM (
        SELECT 1259 AS class, oid FROM pg_catalog.pg_class
        UNION ALL SELECT 1247, oid FROM pg_catalog.pg_type
        UNION ALL SELECT 1255, oid FROM pg_catalog.pg_proc
        UNION ALL SELECT 2617, oid FROM pg_catalog.pg_operator
        UNION ALL SELECT 2616, oid FROM pg_catalog.pg_opclass
        UNION ALL SELECT 3456, oid FROM pg_catalog.pg_collation
        UNION ALL SELECT 2601, oid FROM pg_catalog.pg_am
        UNION ALL SELECT 1417, oid FROM pg_catalog.pg_foreign_server
        UNION ALL SELECT 3602, oid FROM pg_catalog.pg_ts_config
        UNION ALL SELECT 3600, oid FROM pg_catalog.pg_ts_dict
    ) AS every
    WHERE class * 1024 + (oid::int8 & 1023) = ANY ('{objects}'::int8[])
)
SELECT DISTINCT id::int8 & 1023
FROM (
    SELECT x.indrelid AS id
    FROM pg_catalog.pg_index x
    WHERE cardinality('{indexes}'::int8[]) > 0
        AND x.indexrelid::int8 & 1023 = ANY ('{indexes}'::int8[])
    UNION ALL
    SELECT d.refobjid
    FROM pg_catalog.pg_depend d
    WHERE cardinality('{sequences}'::int8[]) > 0
        AND d.classid = 'pg_catalog.pg_class'::regclass
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
        AND d.objid::int8 & 1023 = ANY ('{sequences}'::int8[])
    UNION ALL
    SELECT k.conrelid
    FROM pg_catalog.pg_constraint k
    WHERE 2606 = ANY ('{classes}'::int8[])
        AND 2606 * 1024 + (k.oid::int8 & 1023) = ANY ('{comments}'::int8[])
    UNION ALL
    SELECT t.tgrelid
    FROM pg_catalog.pg_trigger t
    WHERE 2620 = ANY ('{classes}'::int8[])
        AND 2620 * 1024 + (t.oid::int8 & 1023) = ANY ('{comments}'::int8[])
    UNION ALL
    SELECT r.ev_class
    FROM pg_catalog.pg_rewrite r
    WHERE 2618 = ANY ('{classes}'::int8[])
        AND 2618 * 1024 + (r.oid::int8 & 1023) = ANY ('{comments}'::int8[])
    UNION ALL
    SELECT p.polrelid
    FROM pg_catalog.pg_policy p
    WHERE 3256 = ANY ('{classes}'::int8[])
        AND 3256 * 1024 + (p.oid::int8 & 1023) = ANY ('{comments}'::int8[])
    UNION ALL
    SELECT coalesce(
        x.indrelid, k.conrelid, r.ev_class, v.adrelid, t.tgrelid, p.polrelid, d.objid
    )
    FROM named
    JOIN pg_catalog.pg_depend d ON d.refclassid = named.class AND d.refobjid = named.oid
    LEFT JOIN pg_catalog.pg_index x ON d.classid = 1259 AND x.indexrelid = d.objid
    LEFT JOIN pg_catalog.pg_constraint k ON d.classid = 2606 AND k.oid = d.objid
    LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 2618 AND r.oid = d.objid
    LEFT JOIN pg_catalog.pg_attrdef v ON d.classid = 2604 AND v.oid = d.objid
    LEFT JOIN pg_catalog.pg_trigger t ON d.classid = 2620 AND t.oid = d.objid
    LEFT JOIN pg_catalog.pg_policy p ON d.classid = 3256 AND p.oid = d.objid
    WHERE d.refobjid >= 16384 AND d.classid IN (1259, 2606, 2618, 2604, 2620, 3256)
) AS owners
WHERE id <> 0
