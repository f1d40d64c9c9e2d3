-- What statement makes this database?
SELECT concat(
    format('CREATE DATABASE %I', b.datname),
    E'\n    OWNER ' || quote_ident(pg_get_userbyid(b.datdba)),
    E'\n    ENCODING ' || quote_literal(pg_encoding_to_char(b.encoding)),
    E'\n    LC_COLLATE ' || quote_literal(b.datcollate), E'\n    LC_CTYPE ' || quote_literal(b.datctype),
    CASE to_jsonb(b) ->> 'datlocprovider' WHEN 'i' THEN E'\n    LOCALE_PROVIDER icu'
        WHEN 'b' THEN E'\n    LOCALE_PROVIDER builtin' END,
    E'\n    ICU_LOCALE ' || quote_literal(to_jsonb(b) ->> 'daticulocale'),
    CASE to_jsonb(b) ->> 'datlocprovider' WHEN 'i' THEN E'\n    ICU_LOCALE '
        WHEN 'b' THEN E'\n    BUILTIN_LOCALE ' END || quote_literal(to_jsonb(b) ->> 'datlocale'),
    CASE WHEN t.spcname <> 'pg_default' THEN E'\n    TABLESPACE ' || quote_ident(t.spcname) END,
    CASE WHEN b.datconnlimit >= 0 THEN E'\n    CONNECTION LIMIT ' || b.datconnlimit END
),
    b.tableoid,
    b.oid,
    nullif(b.datacl, acldefault('d', b.datdba))::text,
    pg_get_userbyid(b.datdba)
FROM pg_catalog.pg_database b
LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = b.dattablespace
WHERE b.datname = $2 AND $1 = ''
