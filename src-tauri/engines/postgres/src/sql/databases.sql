-- Which databases are there, and which of them may this user enter?
SELECT
    b.oid,
    b.datname,
    pg_get_userbyid(b.datdba) AS owner,
    pg_encoding_to_char(b.encoding) AS encoding,
    b.datcollate,
    d.description,
    b.datistemplate,
    b.datallowconn,
    has_database_privilege(b.oid, 'CONNECT') AS may_connect,
    t.spcname AS tablespace,
    nullif(b.datacl, acldefault('d', b.datdba))::text[] AS acl,
    CASE WHEN b.datconnlimit >= 0 THEN b.datconnlimit::text END AS connection_limit
FROM pg_catalog.pg_database b
LEFT JOIN pg_catalog.pg_shdescription d
    ON d.objoid = b.oid AND d.classoid = 'pg_catalog.pg_database'::regclass
LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = b.dattablespace AND t.spcname <> 'pg_default'
-- A database that is dropped while this runs has no privileges any more.
WHERE has_database_privilege(b.oid, 'CONNECT') IS NOT NULL
