-- Which statistics over several columns does the planner keep?
SELECT
    'statistics_object' AS kind,
    s.oid AS id,
    s.stxnamespace AS place,
    s.stxname AS name,
    pg_get_userbyid(s.stxowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    format('on %I.%I', n.nspname, c.relname) AS summary,
    format('%I.%I', n.nspname, c.relname) AS "table",
    ARRAY(
        SELECT CASE kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv'
            ELSE 'expressions' END
        FROM unnest(s.stxkind) AS kind
    ) AS kinds,
    ARRAY(
        SELECT a.attname::text
        FROM unnest(s.stxkeys::int2[]) WITH ORDINALITY AS keys (number, place)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = keys.number
        ORDER BY keys.place
    ) AS columns,
    {statistics_expressions} AS expressions,
    CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END AS target
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = s.oid AND d.classoid = 'pg_catalog.pg_statistic_ext'::regclass AND d.objsubid = 0
WHERE s.stxnamespace = ANY ('{schemas}'::oid[])
    AND s.stxrelid <> ALL ('{skipped}'::oid[])
