-- What does this table or view say beside its columns, in words: constraints, indexes that
-- no constraint brings, triggers, rules, policies, and what it says otherwise than its
-- parents?
SELECT
    'constraint' AS part,
    k.conname::text AS name,
    pg_get_constraintdef(k.oid, true) AS definition,
    (k.coninhcount > 0 AND NOT k.conislocal)::text AS inherited,
    (k.convalidated)::text AS validated
FROM pg_catalog.pg_constraint k
WHERE k.conrelid = $1::oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint up
        WHERE up.oid = k.conparentid AND up.conrelid = k.conrelid
    )
UNION ALL
SELECT
    'index',
    i.relname::text,
    pg_get_indexdef(i.oid),
    (EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.oid))::text,
    (x.indisvalid)::text
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = $1::oid
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint k
        WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x')
    )
UNION ALL
SELECT 'trigger', t.tgname::text, pg_get_triggerdef(t.oid, true), 'f', 't'
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid = $1::oid AND NOT t.tgisinternal AND t.tgparentid = 0
UNION ALL
-- A trigger that comes from the parent may fire in other sessions here than there.
SELECT
    'alter', t.tgname::text,
    format(
        '%s TRIGGER %I',
        CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS'
            WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END,
        t.tgname
    ), 'f', 't'
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_trigger up ON up.oid = t.tgparentid
WHERE t.tgrelid = $1::oid AND NOT up.tgisinternal AND t.tgenabled <> up.tgenabled
UNION ALL
SELECT 'rule', r.rulename::text, pg_get_ruledef(r.oid, true), 'f', 't'
FROM pg_catalog.pg_rewrite r
WHERE r.ev_class = $1::oid AND r.rulename <> '_RETURN'
UNION ALL
SELECT
    'policy', p.polname::text,
    concat(
        format('CREATE POLICY %I ON %I.%I', p.polname, n.nspname, c.relname),
        CASE WHEN NOT p.polpermissive THEN ' AS RESTRICTIVE' END,
        CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT'
            WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' END,
        ' TO ', array_to_string(ARRAY(
            SELECT CASE role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END
            FROM unnest(p.polroles) AS role
            ORDER BY 1
        ), ', '),
        E'\n    USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        E'\n    WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'
    ), 'f', 't'
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE p.polrelid = $1::oid
UNION ALL
SELECT
    'alter', 'column ' || a.attname,
    format(
        'ALTER COLUMN %I %s', a.attname,
        CASE WHEN a.attnotnull THEN 'SET NOT NULL' ELSE 'DROP NOT NULL' END
    ), 'f', 't'
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attislocal
    AND a.attnotnull > (
        SELECT bool_or(up.attnotnull)
        FROM pg_catalog.pg_inherits h
        JOIN pg_catalog.pg_attribute up ON up.attrelid = h.inhparent AND up.attname = a.attname
        WHERE h.inhrelid = a.attrelid
    )
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_index x
        WHERE x.indrelid = a.attrelid AND x.indisprimary AND a.attnum = ANY (x.indkey)
    )
UNION ALL
SELECT
    'alter', 'column ' || mine.attname,
    format(
        'ALTER COLUMN %I %s', mine.attname, coalesce('SET DEFAULT ' || mine.value, 'DROP DEFAULT')
    ), 'f', 't'
FROM (
    SELECT
        a.attname,
        pg_get_expr(v.adbin, v.adrelid) AS value,
        (
            SELECT min(pg_get_expr(w.adbin, w.adrelid))
            FROM pg_catalog.pg_inherits h
            JOIN pg_catalog.pg_attribute up
                ON up.attrelid = h.inhparent AND up.attname = a.attname
            JOIN pg_catalog.pg_attrdef w ON w.adrelid = up.attrelid AND w.adnum = up.attnum
            WHERE h.inhrelid = a.attrelid
        ) AS theirs
    FROM pg_catalog.pg_attribute a
    LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
    WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attislocal
        AND a.attgenerated = '' AND a.attidentity = ''
) AS mine
WHERE mine.value IS DISTINCT FROM mine.theirs
UNION ALL
-- A partition that is not what its parent alone would make of it: other order of columns,
-- or indexes with names of their own. It is made apart and then attached.
SELECT 'apart', '', '', 'f', 't'
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid
WHERE c.oid = $1::oid AND c.relispartition AND (
    ARRAY(
        SELECT a.attname FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
    ) <> ARRAY(
        SELECT a.attname FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = h.inhparent AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
    )
    OR EXISTS (
        SELECT FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        LEFT JOIN pg_catalog.pg_constraint k
            ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
        WHERE x.indrelid = c.oid
            AND EXISTS (SELECT FROM pg_catalog.pg_inherits up WHERE up.inhrelid = i.oid)
            AND i.relname <> concat_ws(
                '_', c.relname,
                CASE WHEN NOT x.indisprimary THEN (
                    SELECT string_agg(a.attname, '_' ORDER BY a.attnum)
                    FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = i.oid
                ) END,
                CASE WHEN x.indisprimary THEN 'pkey' WHEN k.contype = 'x' THEN 'excl'
                    WHEN k.contype = 'u' THEN 'key' ELSE 'idx' END
            )
    )
)
ORDER BY part, name, definition
