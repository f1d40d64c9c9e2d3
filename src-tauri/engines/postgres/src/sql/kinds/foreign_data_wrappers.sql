-- Which wrappers reach foreign servers?
SELECT
    'foreign_data_wrapper' AS kind,
    w.oid AS id,
    0 AS place,
    w.fdwname AS name,
    pg_get_userbyid(w.fdwowner) AS owner,
    d.description AS comment,
    nullif(w.fdwacl, acldefault('F', w.fdwowner))::text[] AS acl,
    nullif(w.fdwhandler, 0)::regproc::text AS summary,
    nullif(w.fdwhandler, 0)::regproc::text AS handler,
    nullif(w.fdwvalidator, 0)::regproc::text AS validator,
    ARRAY(
        SELECT CASE WHEN split_part(o, '=', 1) = ANY ('{harmless}'::text[]) THEN o
            ELSE split_part(o, '=', 1) || '=(hidden)' END
        FROM unnest(w.fdwoptions) AS o
    ) AS foreign_options
FROM pg_catalog.pg_foreign_data_wrapper w
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = w.oid AND d.classoid = 'pg_catalog.pg_foreign_data_wrapper'::regclass
    AND d.objsubid = 0
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e
    WHERE e.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass AND e.objid = w.oid
        AND e.deptype = 'e'
)
