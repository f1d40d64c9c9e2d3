-- Of what that few databases have is there anything at all? What is not is never asked for:
-- such a question takes longer to plan than to answer.
SELECT array_agg(kind)
FROM (VALUES
    ('sequences', EXISTS (SELECT FROM pg_catalog.pg_sequence)),
    ('types', EXISTS (
        SELECT FROM pg_catalog.pg_type t
        WHERE t.typnamespace = ANY ('{schemas}'::oid[])
            AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typarray <> 0)
    ) OR EXISTS (
        SELECT FROM pg_catalog.pg_class c
        WHERE c.relkind = 'c' AND c.relnamespace = ANY ('{schemas}'::oid[])
    )),
    ('routines', EXISTS (
        SELECT FROM pg_catalog.pg_proc p WHERE p.pronamespace = ANY ('{schemas}'::oid[])
    )),
    ('collations', EXISTS (
        SELECT FROM pg_catalog.pg_collation l WHERE l.collnamespace = ANY ('{schemas}'::oid[])
    )),
    ('operators', EXISTS (
        SELECT FROM pg_catalog.pg_operator o WHERE o.oprnamespace = ANY ('{schemas}'::oid[])
    )),
    ('operator_classes', EXISTS (
        SELECT FROM pg_catalog.pg_opclass o WHERE o.opcnamespace = ANY ('{schemas}'::oid[])
    )),
    ('operator_families', EXISTS (
        SELECT FROM pg_catalog.pg_opfamily f WHERE f.opfnamespace = ANY ('{schemas}'::oid[])
    )),
    ('text_search_configurations', EXISTS (
        SELECT FROM pg_catalog.pg_ts_config c WHERE c.cfgnamespace = ANY ('{schemas}'::oid[])
    )),
    ('text_search_dictionaries', EXISTS (
        SELECT FROM pg_catalog.pg_ts_dict t WHERE t.dictnamespace = ANY ('{schemas}'::oid[])
    )),
    ('conversions', EXISTS (
        SELECT FROM pg_catalog.pg_conversion v WHERE v.connamespace = ANY ('{schemas}'::oid[])
    )),
    ('statistics_objects', EXISTS (SELECT FROM pg_catalog.pg_statistic_ext)),
    ('extensions', EXISTS (SELECT FROM pg_catalog.pg_extension)),
    ('event_triggers', EXISTS (SELECT FROM pg_catalog.pg_event_trigger)),
    ('foreign_data_wrappers', EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper)),
    ('foreign_servers', EXISTS (SELECT FROM pg_catalog.pg_foreign_server)),
    -- Each belongs to a foreign server.
    ('user_mappings', EXISTS (SELECT FROM pg_catalog.pg_foreign_server)),
    ('publications', EXISTS (SELECT FROM pg_catalog.pg_publication)),
    ('publications_15', EXISTS (SELECT FROM pg_catalog.pg_publication)),
    -- Those of all databases.
    ('subscriptions', EXISTS (SELECT s.oid FROM pg_catalog.pg_subscription s)),
    ('casts', EXISTS (SELECT FROM pg_catalog.pg_cast k WHERE k.oid >= 16384)),
    ('languages', EXISTS (SELECT FROM pg_catalog.pg_language l WHERE l.oid >= 16384)),
    ('access_methods', EXISTS (SELECT FROM pg_catalog.pg_am m WHERE m.oid >= 16384)),
    ('default_privileges', EXISTS (SELECT FROM pg_catalog.pg_default_acl)),
    -- As `dependencies.sql` looks for them.
    ('dependencies', EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_type'::regclass)
            AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a')
    ) OR EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid IN (
                'pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_proc'::regclass,
                'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_statistic_ext'::regclass
            )
            AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid >= 16384
            AND d.deptype IN ('n', 'a')
    ) OR EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass
            AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'n'
    ))
) AS kinds (kind, there)
WHERE there
