-- Which triggers fire on changes of the schema itself?
SELECT
    'event_trigger' AS kind,
    t.oid AS id,
    0 AS place,
    t.evtname AS name,
    pg_get_userbyid(t.evtowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    t.evtevent::text AS summary,
    t.evtevent::text AS event,
    t.evttags AS tags,
    format('%I.%I', n.nspname, p.proname) AS function,
    CASE t.evtenabled WHEN 'D' THEN 'never' WHEN 'R' THEN 'on replicas only' WHEN 'A' THEN 'always' END
        AS fires
FROM pg_catalog.pg_event_trigger t
JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = t.oid AND d.classoid = 'pg_catalog.pg_event_trigger'::regclass AND d.objsubid = 0
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e
    WHERE e.classid = 'pg_catalog.pg_event_trigger'::regclass AND e.objid = t.oid
        AND e.deptype = 'e'
)
