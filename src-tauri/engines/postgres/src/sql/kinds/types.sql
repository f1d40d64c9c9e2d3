-- Which enums, domains, composite types, ranges and base types did people make? The
-- types of rows and arrays come with what they are of, multiranges with their range.
WITH wanted AS MATERIALIZED (
    SELECT t.oid AS id
    FROM pg_catalog.pg_type t
    WHERE t.typnamespace = ANY ('{schemas}'::oid[])
        AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typisdefined AND t.typarray <> 0)
    UNION ALL
    SELECT c.reltype
    FROM pg_catalog.pg_class c
    WHERE c.relkind = 'c' AND c.relnamespace = ANY ('{schemas}'::oid[])
)
SELECT
    CASE t.typtype
        WHEN 'e' THEN 'enum_type' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite_type'
        WHEN 'r' THEN 'range_type' ELSE 'base_type'
    END AS kind,
    t.oid AS id,
    t.typnamespace AS place,
    t.typname AS name,
    pg_get_userbyid(t.typowner) AS owner,
    d.description AS comment,
    nullif(t.typacl, acldefault('T', t.typowner))::text[] AS acl,
    CASE t.typtype
        WHEN 'e' THEN (
            SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
            FROM pg_catalog.pg_enum e
            WHERE e.enumtypid = t.oid
        )
        WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
        WHEN 'r' THEN format('of %s', format_type(r.rngsubtype, NULL))
        WHEN 'c' THEN (
            SELECT format('(%s)', string_agg(
                format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
                ORDER BY a.attnum
            ))
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
        )
    END AS summary,
    CASE WHEN t.typtype = 'e' THEN ARRAY(
        SELECT e.enumlabel::text
        FROM pg_catalog.pg_enum e
        WHERE e.enumtypid = t.oid
        ORDER BY e.enumsortorder
    ) END AS labels,
    CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base_type,
    t.typtype = 'd' AND t.typnotnull AS not_null,
    CASE WHEN t.typtype = 'd' THEN t.typdefault END AS "default",
    CASE WHEN t.typtype = 'd' THEN ARRAY(
        SELECT format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid))
        FROM pg_catalog.pg_constraint k
        WHERE k.contypid = t.oid AND k.contype = 'c'
        ORDER BY k.conname
    ) END AS checks,
    CASE WHEN t.typtype = 'c' THEN ARRAY(
        SELECT concat_ws(
            ' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attcollation NOT IN (0, own.typcollation)
                THEN format('COLLATE %I.%I', an.nspname, al.collname) END
        )
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type own ON own.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_collation al ON al.oid = a.attcollation
        LEFT JOIN pg_catalog.pg_namespace an ON an.oid = al.collnamespace
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
    ) END AS attributes,
    format_type(r.rngsubtype, NULL) AS subtype,
    CASE WHEN r.rngsubtype IS NOT NULL AND NOT o.opcdefault
        THEN format('%I.%I', onsp.nspname, o.opcname) END AS operator_class,
    CASE WHEN coalesce(nullif(r.rngcollation, 0), t.typcollation)
            NOT IN (0, coalesce(sub.typcollation, base.typcollation, 0))
        THEN format('%I.%I', ln.nspname, l.collname) END AS collation,
    nullif(r.rngcanonical, 0)::regproc::text AS canonical,
    nullif(r.rngsubdiff, 0)::regproc::text AS subtype_difference,
    format_type(nullif((to_jsonb(r) ->> 'rngmultitypid')::oid, 0), NULL) AS multirange,
    CASE WHEN t.typtype = 'b' THEN t.typinput::text END AS input,
    CASE WHEN t.typtype = 'b' THEN t.typoutput::text END AS output,
    CASE WHEN t.typtype = 'b' AND t.typreceive <> 0 THEN t.typreceive::text END AS receive,
    CASE WHEN t.typtype = 'b' AND t.typsend <> 0 THEN t.typsend::text END AS send,
    CASE WHEN t.typtype = 'b' THEN
        CASE t.typlen WHEN -1 THEN 'variable' WHEN -2 THEN 'null-terminated' ELSE t.typlen::text END
    END AS length,
    CASE WHEN t.typtype = 'b' THEN
        CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END
    END AS alignment,
    CASE WHEN t.typtype = 'b' THEN
        CASE t.typstorage
            WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended'
        END
    END AS storage,
    CASE WHEN t.typtype = 'b' THEN t.typcategory::text END AS category
FROM wanted
JOIN pg_catalog.pg_type t ON t.oid = wanted.id
LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
LEFT JOIN pg_catalog.pg_type sub ON sub.oid = r.rngsubtype
LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype AND t.typtype = 'd'
LEFT JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
LEFT JOIN pg_catalog.pg_namespace onsp ON onsp.oid = o.opcnamespace
LEFT JOIN pg_catalog.pg_collation l
    ON l.oid = coalesce(nullif(r.rngcollation, 0), nullif(t.typcollation, 0))
LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = t.oid AND d.classoid = 'pg_catalog.pg_type'::regclass AND d.objsubid = 0
WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
