-- Which collations did people make?
SELECT
    'collation' AS kind,
    l.oid AS id,
    l.collnamespace AS place,
    l.collname AS name,
    pg_get_userbyid(l.collowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    coalesce(
        to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale', l.collcollate
    )::text AS summary,
    CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' END AS provider,
    coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale') AS locale,
    l.collcollate::text AS lc_collate,
    l.collctype::text AS lc_ctype,
    to_jsonb(l) ->> 'collicurules' AS rules,
    NOT l.collisdeterministic AS not_deterministic,
    CASE WHEN l.collencoding >= 0 THEN pg_encoding_to_char(l.collencoding)::text END AS encoding,
    l.collversion AS version
FROM pg_catalog.pg_collation l
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = l.oid AND d.classoid = 'pg_catalog.pg_collation'::regclass AND d.objsubid = 0
WHERE l.collnamespace = ANY ('{schemas}'::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_collation'::regclass AND e.objid = l.oid AND e.deptype = 'e'
    )
