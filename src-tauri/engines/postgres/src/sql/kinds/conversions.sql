-- Which conversions between encodings did people make?
SELECT
    'conversion' AS kind,
    v.oid AS id,
    v.connamespace AS place,
    v.conname AS name,
    pg_get_userbyid(v.conowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    format(
        '%s → %s', pg_encoding_to_char(v.conforencoding), pg_encoding_to_char(v.contoencoding)
    ) AS summary,
    pg_encoding_to_char(v.conforencoding) AS source_encoding,
    pg_encoding_to_char(v.contoencoding) AS target_encoding,
    v.conproc::text AS function,
    v.condefault AS is_default
FROM pg_catalog.pg_conversion v
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = v.oid AND d.classoid = 'pg_catalog.pg_conversion'::regclass AND d.objsubid = 0
WHERE v.connamespace = ANY ('{schemas}'::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_conversion'::regclass AND e.objid = v.oid AND e.deptype = 'e'
    )
