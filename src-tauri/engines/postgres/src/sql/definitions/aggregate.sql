-- What statement makes this aggregate?
SELECT concat(
    format('CREATE AGGREGATE %I.%I(', n.nspname, p.proname),
    coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'), ') (',
    E'\n    SFUNC = ' || a.aggtransfn, E',\n    STYPE = ' || format_type(a.aggtranstype, NULL),
    E',\n    SSPACE = ' || nullif(a.aggtransspace, 0),
    E',\n    FINALFUNC = ' || nullif(a.aggfinalfn, 0)::regproc,
    CASE WHEN a.aggfinalextra THEN E',\n    FINALFUNC_EXTRA' END,
    CASE WHEN a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
        THEN E',\n    FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY'
            WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
    E',\n    COMBINEFUNC = ' || nullif(a.aggcombinefn, 0)::regproc,
    E',\n    SERIALFUNC = ' || nullif(a.aggserialfn, 0)::regproc,
    E',\n    DESERIALFUNC = ' || nullif(a.aggdeserialfn, 0)::regproc,
    E',\n    INITCOND = ' || quote_literal(a.agginitval),
    E',\n    MSFUNC = ' || nullif(a.aggmtransfn, 0)::regproc,
    E',\n    MINVFUNC = ' || nullif(a.aggminvtransfn, 0)::regproc,
    E',\n    MSTYPE = ' || format_type(nullif(a.aggmtranstype, 0), NULL),
    E',\n    MSSPACE = ' || nullif(a.aggmtransspace, 0),
    E',\n    MFINALFUNC = ' || nullif(a.aggmfinalfn, 0)::regproc,
    CASE WHEN a.aggmfinalextra THEN E',\n    MFINALFUNC_EXTRA' END,
    E',\n    MINITCOND = ' || quote_literal(a.aggminitval),
    E',\n    SORTOP = ' || (
        SELECT format('OPERATOR(%I.%s)', sn.nspname, o.oprname)
        FROM pg_catalog.pg_operator o
        JOIN pg_catalog.pg_namespace sn ON sn.oid = o.oprnamespace
        WHERE o.oid = a.aggsortop
    ),
    CASE p.proparallel WHEN 's' THEN E',\n    PARALLEL = SAFE'
        WHEN 'r' THEN E',\n    PARALLEL = RESTRICTED' END,
    CASE a.aggkind WHEN 'h' THEN E',\n    HYPOTHETICAL' END,
    E'\n)'
),
    p.tableoid,
    p.oid,
    nullif(p.proacl, acldefault('f', p.proowner))::text,
    pg_get_userbyid(p.proowner)
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = $1 AND format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) = $2
