-- Which text search dictionaries did people make?
SELECT
    'text_search_dictionary' AS kind,
    t.oid AS id,
    t.dictnamespace AS place,
    t.dictname AS name,
    pg_get_userbyid(t.dictowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    format('template %I', m.tmplname) AS summary,
    format('%I.%I', mn.nspname, m.tmplname) AS template,
    t.dictinitoption AS options
FROM pg_catalog.pg_ts_dict t
JOIN pg_catalog.pg_ts_template m ON m.oid = t.dicttemplate
JOIN pg_catalog.pg_namespace mn ON mn.oid = m.tmplnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = t.oid AND d.classoid = 'pg_catalog.pg_ts_dict'::regclass AND d.objsubid = 0
WHERE t.dictnamespace = ANY ('{schemas}'::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_ts_dict'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
