-- Which languages did people add, save those that an extension brings?
SELECT
    'language' AS kind,
    l.oid AS id,
    0 AS place,
    l.lanname AS name,
    pg_get_userbyid(l.lanowner) AS owner,
    d.description AS comment,
    nullif(l.lanacl, acldefault('l', l.lanowner))::text[] AS acl,
    CASE WHEN l.lanpltrusted THEN 'trusted' ELSE 'untrusted' END AS summary,
    l.lanpltrusted AS trusted,
    nullif(l.lanplcallfoid, 0)::regproc::text AS handler,
    nullif(l.laninline, 0)::regproc::text AS inline_handler,
    nullif(l.lanvalidator, 0)::regproc::text AS validator
FROM pg_catalog.pg_language l
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = l.oid AND d.classoid = 'pg_catalog.pg_language'::regclass AND d.objsubid = 0
WHERE l.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_language'::regclass AND e.objid = l.oid AND e.deptype = 'e'
    )
