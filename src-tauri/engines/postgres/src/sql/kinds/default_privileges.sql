-- Which privileges will new objects have?
SELECT
    'default_privilege' AS kind,
    a.oid AS id,
    0 AS place,
    format(
        '%s of %I',
        CASE a.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
            WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' WHEN 'L' THEN 'large objects'
            ELSE a.defaclobjtype::text END,
        pg_get_userbyid(a.defaclrole)
    ) || coalesce(' in ' || quote_ident(n.nspname), '') AS name,
    pg_get_userbyid(a.defaclrole) AS owner,
    NULL::text AS comment,
    a.defaclacl::text[] AS acl,
    NULL::text AS summary,
    CASE a.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
        WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' WHEN 'L' THEN 'large objects'
        ELSE a.defaclobjtype::text END AS objects,
    n.nspname AS schema
FROM pg_catalog.pg_default_acl a
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = a.defaclnamespace
