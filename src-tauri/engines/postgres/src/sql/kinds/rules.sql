-- Which rules rewrite statements? The one that makes a view a view is the view itself.
SELECT
    'rule' AS kind,
    r.oid AS id,
    r.ev_class AS place,
    r.rulename AS name,
    NULL::text AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    format(
        'on %s do %s',
        CASE r.ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert'
            ELSE 'delete' END,
        CASE WHEN r.is_instead THEN 'instead' ELSE 'also' END
    ) AS summary,
    CASE r.ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert'
        ELSE 'delete' END AS event,
    r.is_instead AS instead,
    CASE r.ev_enabled WHEN 'D' THEN 'never' WHEN 'R' THEN 'on replicas only' WHEN 'A' THEN 'always' END
        AS fires
FROM pg_catalog.pg_rewrite r
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = r.oid AND d.classoid = 'pg_catalog.pg_rewrite'::regclass AND d.objsubid = 0
WHERE r.rulename <> '_RETURN'
    AND r.ev_class = ANY ({portion})
