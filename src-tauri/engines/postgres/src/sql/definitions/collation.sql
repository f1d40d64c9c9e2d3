-- What statement makes this collation?
SELECT concat(
    format('CREATE COLLATION %I.%I (', n.nspname, l.collname),
    E'\n    PROVIDER = ', CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
    E',\n    LOCALE = ' || quote_literal(
        coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale')
    ),
    CASE WHEN l.collprovider = 'c' OR (to_jsonb(l) ->> 'colliculocale') IS NULL
            AND (to_jsonb(l) ->> 'colllocale') IS NULL
        THEN E',\n    LC_COLLATE = ' || quote_literal(l.collcollate)
            || E',\n    LC_CTYPE = ' || quote_literal(l.collctype) END,
    E',\n    RULES = ' || quote_literal(to_jsonb(l) ->> 'collicurules'),
    CASE WHEN NOT l.collisdeterministic THEN E',\n    DETERMINISTIC = false' END,
    E'\n)'
),
    l.tableoid,
    l.oid
FROM pg_catalog.pg_collation l
JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
WHERE n.nspname = $1 AND l.collname = $2
