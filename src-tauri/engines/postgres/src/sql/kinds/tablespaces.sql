-- Which places on the server's disks are there?
SELECT
    'tablespace' AS kind,
    t.oid AS id,
    0 AS place,
    t.spcname AS name,
    pg_get_userbyid(t.spcowner) AS owner,
    shobj_description(t.oid, 'pg_tablespace') AS comment,
    nullif(t.spcacl, acldefault('t', t.spcowner))::text[] AS acl,
    nullif(pg_tablespace_location(t.oid), '') AS summary,
    nullif(pg_tablespace_location(t.oid), '') AS location,
    t.spcoptions AS options
FROM pg_catalog.pg_tablespace t
