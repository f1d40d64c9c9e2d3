-- Which text search configurations did people make, and which dictionaries do they ask?
SELECT
    'text_search_configuration' AS kind,
    c.oid AS id,
    c.cfgnamespace AS place,
    c.cfgname AS name,
    pg_get_userbyid(c.cfgowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    format('parser %I', p.prsname) AS summary,
    format('%I.%I', pn.nspname, p.prsname) AS parser,
    ARRAY(
        SELECT format(
            '%s: %s', kinds.alias,
            string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno)
        )
        FROM pg_catalog.pg_ts_config_map m
        JOIN ts_token_type(c.cfgparser) AS kinds ON kinds.tokid = m.maptokentype
        WHERE m.mapcfg = c.oid
        GROUP BY kinds.alias
        ORDER BY kinds.alias
    ) AS mappings
FROM pg_catalog.pg_ts_config c
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_ts_config'::regclass AND d.objsubid = 0
WHERE c.cfgnamespace = ANY ('{schemas}'::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_ts_config'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
