-- What statements make this text search configuration?
SELECT concat(
    format(
        'CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname,
        p.prsname
    ),
    (
        SELECT string_agg(
            format(
                E';\n\nALTER TEXT SEARCH CONFIGURATION %I.%I\n    ADD MAPPING FOR %I WITH %s', n.nspname,
                c.cfgname, maps.alias, maps.dictionaries
            ), '' ORDER BY maps.alias
        )
        FROM (
            SELECT kinds.alias, string_agg(
                m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno
            ) AS dictionaries
            FROM pg_catalog.pg_ts_config_map m
            JOIN ts_token_type(c.cfgparser) AS kinds ON kinds.tokid = m.maptokentype
            WHERE m.mapcfg = c.oid
            GROUP BY kinds.alias
        ) AS maps
    )
),
    c.tableoid,
    c.oid
FROM pg_catalog.pg_ts_config c
JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
WHERE n.nspname = $1 AND c.cfgname = $2
