-- What statement makes this type or domain?
SELECT CASE t.typtype
    WHEN 'e' THEN format('CREATE TYPE %I.%I AS ENUM (', n.nspname, t.typname) || coalesce((
        SELECT string_agg(E'\n    ' || quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder)
        FROM pg_catalog.pg_enum e
        WHERE e.enumtypid = t.oid
    ), '') || E'\n)'
    WHEN 'd' THEN concat(
        format(
            'CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod)
        ),
        CASE WHEN t.typcollation <> base.typcollation
            THEN format(' COLLATE %I.%I', ln.nspname, l.collname) END,
        E'\n    DEFAULT ' || t.typdefault,
        CASE WHEN t.typnotnull THEN E'\n    NOT NULL' END,
        (
            SELECT string_agg(
                format(E'\n    CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid, true)), ''
                ORDER BY k.conname
            )
            FROM pg_catalog.pg_constraint k
            WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated
        ),
        (
            SELECT string_agg(
                format(
                    E';\n\nALTER DOMAIN %I.%I\n    ADD CONSTRAINT %I %s', n.nspname, t.typname,
                    k.conname, pg_get_constraintdef(k.oid, true)
                ), '' ORDER BY k.conname
            )
            FROM pg_catalog.pg_constraint k
            WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated
        )
    )
    WHEN 'c' THEN format('CREATE TYPE %I.%I AS (', n.nspname, t.typname) || coalesce((
        SELECT string_agg(concat(
            E'\n    ', quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attcollation <> own.typcollation
                THEN format(' COLLATE %I.%I', an.nspname, al.collname) END
        ), ',' ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type own ON own.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_collation al ON al.oid = a.attcollation
        LEFT JOIN pg_catalog.pg_namespace an ON an.oid = al.collnamespace
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    ), '') || E'\n)'
    WHEN 'r' THEN concat(
        -- A canonical function names the type that it is for, so that comes first.
        CASE WHEN r.rngcanonical <> 0
            THEN format(E'CREATE TYPE %I.%I;\n\n', n.nspname, t.typname) END,
        format('CREATE TYPE %I.%I AS RANGE (', n.nspname, t.typname),
        E'\n    SUBTYPE = ' || format_type(r.rngsubtype, NULL),
        CASE WHEN NOT o.opcdefault
            THEN format(E',\n    SUBTYPE_OPCLASS = %I.%I', onsp.nspname, o.opcname) END,
        CASE WHEN r.rngcollation <> sub.typcollation
            THEN format(E',\n    COLLATION = %I.%I', ln.nspname, l.collname) END,
        E',\n    CANONICAL = ' || nullif(r.rngcanonical, 0)::regproc,
        E',\n    SUBTYPE_DIFF = ' || nullif(r.rngsubdiff, 0)::regproc,
        E',\n    MULTIRANGE_TYPE_NAME = '
            || format_type(nullif((to_jsonb(r) ->> 'rngmultitypid')::oid, 0), NULL),
        E'\n)'
    )
    ELSE concat(
        format(E'CREATE TYPE %I.%I;\n\n', n.nspname, t.typname),
        format('CREATE TYPE %I.%I (', n.nspname, t.typname),
        E'\n    INPUT = ' || t.typinput, E',\n    OUTPUT = ' || t.typoutput,
        E',\n    RECEIVE = ' || nullif(t.typreceive, 0)::regproc,
        E',\n    SEND = ' || nullif(t.typsend, 0)::regproc,
        E',\n    TYPMOD_IN = ' || nullif(t.typmodin, 0)::regproc,
        E',\n    TYPMOD_OUT = ' || nullif(t.typmodout, 0)::regproc,
        E',\n    ANALYZE = ' || nullif(t.typanalyze, 0)::regproc,
        E',\n    INTERNALLENGTH = ' || CASE t.typlen WHEN -1 THEN 'VARIABLE' ELSE t.typlen::text END,
        CASE WHEN t.typbyval THEN E',\n    PASSEDBYVALUE' END,
        E',\n    ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2'
            WHEN 'i' THEN 'int4' ELSE 'double' END,
        E',\n    STORAGE = ' || CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
            WHEN 'm' THEN 'main' ELSE 'extended' END,
        E',\n    CATEGORY = ' || quote_literal(t.typcategory::text),
        CASE WHEN t.typispreferred THEN E',\n    PREFERRED = true' END,
        E',\n    DEFAULT = ' || quote_literal(t.typdefault),
        E',\n    ELEMENT = ' || format_type(nullif(t.typelem, 0), NULL),
        CASE WHEN t.typdelim <> ',' THEN E',\n    DELIMITER = ' || quote_literal(t.typdelim::text) END,
        CASE WHEN t.typcollation <> 0 THEN E',\n    COLLATABLE = true' END,
        E'\n)'
    )
END,
    t.tableoid,
    t.oid,
    nullif(t.typacl, acldefault('T', t.typowner))::text,
    pg_get_userbyid(t.typowner)
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
LEFT JOIN pg_catalog.pg_type sub ON sub.oid = r.rngsubtype
LEFT JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
LEFT JOIN pg_catalog.pg_namespace onsp ON onsp.oid = o.opcnamespace
LEFT JOIN pg_catalog.pg_collation l ON l.oid = coalesce(r.rngcollation, t.typcollation)
LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
WHERE n.nspname = $1 AND t.typname = $2
