-- Which published changes does this database take in? How to reach the publisher is
-- never asked for.
SELECT
    'subscription' AS kind,
    s.oid AS id,
    0 AS place,
    s.subname AS name,
    pg_get_userbyid(s.subowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    array_to_string(s.subpublications, ', ') AS summary,
    s.subpublications AS publications,
    NOT s.subenabled AS disabled,
    s.subslotname AS slot,
    s.subsynccommit AS synchronous_commit
FROM pg_catalog.pg_subscription s
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = s.oid AND d.classoid = 'pg_catalog.pg_subscription'::regclass AND d.objsubid = 0
WHERE s.subdbid = (
    SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = current_database()
)
