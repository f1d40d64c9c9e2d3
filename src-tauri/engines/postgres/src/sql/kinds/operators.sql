-- Which operators did people make?
SELECT
    'operator' AS kind,
    o.oid AS id,
    o.oprnamespace AS place,
    format(
        '%s(%s, %s)', o.oprname,
        CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
        CASE o.oprright WHEN 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END
    ) AS name,
    pg_get_userbyid(o.oprowner) AS owner,
    d.description AS comment,
    NULL::text[] AS acl,
    concat_ws(
        ' ', CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END, o.oprname,
        CASE WHEN o.oprright <> 0 THEN format_type(o.oprright, NULL) END,
        '→', format_type(o.oprresult, NULL)
    ) AS summary,
    format_type(nullif(o.oprleft, 0), NULL) AS left_type,
    format_type(nullif(o.oprright, 0), NULL) AS right_type,
    format_type(o.oprresult, NULL) AS result,
    o.oprcode::text AS function,
    nullif(o.oprcom, 0)::regoperator::text AS commutator,
    nullif(o.oprnegate, 0)::regoperator::text AS negator,
    nullif(o.oprrest, 0)::regproc::text AS restriction_estimator,
    nullif(o.oprjoin, 0)::regproc::text AS join_estimator,
    o.oprcanhash AS hashes,
    o.oprcanmerge AS merges
FROM pg_catalog.pg_operator o
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = o.oid AND d.classoid = 'pg_catalog.pg_operator'::regclass AND d.objsubid = 0
WHERE o.oprnamespace = ANY ('{schemas}'::oid[])
    AND o.oprcode <> 0
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_operator'::regclass AND e.objid = o.oid AND e.deptype = 'e'
    )
