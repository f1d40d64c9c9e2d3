-- Which questions would nothing answer? They ask for what few databases have, are named by their
-- files, and are not asked: each takes longer to plan than to answer. It is planned without
-- reading whole tables; what is compared as int8 is not to be looked up in an index, which would
-- lead to most rows. Types of rows are found by the number of the file that they do not have.
SELECT array_agg(file)
FROM (VALUES
    ('parents.sql', EXISTS (SELECT FROM pg_catalog.pg_inherits)),
    ('triggers.sql', EXISTS (
        SELECT FROM pg_catalog.pg_trigger t
        WHERE NOT t.tgisinternal OR t.tgparentid <> 0 AND {number} < 150000
    )),
    ('kinds/rules.sql', EXISTS (
        SELECT FROM pg_catalog.pg_rewrite r
        JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
        WHERE r.rulename <> '_RETURN' AND c.relnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/policies.sql', EXISTS (SELECT FROM pg_catalog.pg_policy)),
    ('comments_on_constraints.sql', EXISTS (
        SELECT FROM pg_catalog.pg_description d
        WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass
    )),
    ('comments_on_indexes.sql', EXISTS (
        SELECT FROM pg_catalog.pg_description d
        JOIN pg_catalog.pg_class i ON i.oid = d.objoid AND i.relkind IN ('i', 'I')
        WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
    )),
    ('kinds/sequences.sql', EXISTS (SELECT FROM pg_catalog.pg_sequence)),
    ('kinds/types.sql', EXISTS (
        SELECT FROM pg_catalog.pg_type t
        WHERE (t.typarray <> 0 AND t.typtype = 'b' OR t.typtype IN ('e', 'd', 'r'))
            AND t.typnamespace::int8 = ANY ('{schemas}'::int8[])
    ) OR EXISTS (
        SELECT FROM pg_catalog.pg_class c
        WHERE c.reltablespace = 0 AND c.relfilenode = 0 AND c.relkind = 'c'
            AND c.relnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/routines.sql', EXISTS (
        SELECT FROM pg_catalog.pg_proc p WHERE p.pronamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/collations.sql', EXISTS (
        SELECT FROM pg_catalog.pg_collation l WHERE l.collnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/operators.sql', EXISTS (
        SELECT FROM pg_catalog.pg_operator o WHERE o.oprnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/operator_classes.sql', EXISTS (
        SELECT FROM pg_catalog.pg_opclass o WHERE o.opcnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/operator_families.sql', EXISTS (
        SELECT FROM pg_catalog.pg_opfamily f WHERE f.opfnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/text_search_configurations.sql', EXISTS (
        SELECT FROM pg_catalog.pg_ts_config c WHERE c.cfgnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/text_search_dictionaries.sql', EXISTS (
        SELECT FROM pg_catalog.pg_ts_dict t WHERE t.dictnamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/conversions.sql', EXISTS (
        SELECT FROM pg_catalog.pg_conversion v WHERE v.connamespace = ANY ('{schemas}'::oid[])
    )),
    ('kinds/statistics_objects.sql', EXISTS (SELECT FROM pg_catalog.pg_statistic_ext)),
    ('kinds/extensions.sql', EXISTS (SELECT FROM pg_catalog.pg_extension)),
    ('kinds/event_triggers.sql', EXISTS (SELECT FROM pg_catalog.pg_event_trigger)),
    ('kinds/foreign_data_wrappers.sql', EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper)),
    ('kinds/foreign_servers.sql', EXISTS (SELECT FROM pg_catalog.pg_foreign_server)),
    -- Each belongs to a foreign server.
    ('kinds/user_mappings.sql', EXISTS (SELECT FROM pg_catalog.pg_foreign_server)),
    ('kinds/publications.sql', EXISTS (SELECT FROM pg_catalog.pg_publication)),
    ('kinds/publications_15.sql', EXISTS (SELECT FROM pg_catalog.pg_publication)),
    -- Those of all databases.
    ('kinds/subscriptions.sql', EXISTS (SELECT s.oid FROM pg_catalog.pg_subscription s)),
    ('kinds/casts.sql', EXISTS (SELECT FROM pg_catalog.pg_cast k WHERE k.oid >= 16384)),
    ('kinds/languages.sql', EXISTS (SELECT FROM pg_catalog.pg_language l WHERE l.oid >= 16384)),
    ('kinds/access_methods.sql', EXISTS (SELECT FROM pg_catalog.pg_am m WHERE m.oid >= 16384)),
    ('kinds/default_privileges.sql', EXISTS (SELECT FROM pg_catalog.pg_default_acl)),
    -- As `dependencies.sql` looks for them.
    ('dependencies.sql', EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_type'::regclass)
            AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a')
    ) OR EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid IN (
                'pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_proc'::regclass,
                'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_statistic_ext'::regclass
            )
            AND d.refclassid::int8 = 'pg_catalog.pg_class'::regclass::int8
            AND d.refobjid::int8 >= 16384 AND d.deptype IN ('n', 'a')
    ) OR EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass
            AND d.refclassid::int8 = 'pg_catalog.pg_class'::regclass::int8 AND d.deptype = 'n'
    ))
) AS questions (file, is_answered)
WHERE NOT is_answered
