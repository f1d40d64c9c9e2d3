-- Which functions, procedures and aggregates are there? Their bodies are read when
-- somebody asks for one.
SELECT
    CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
    p.oid AS id,
    p.pronamespace AS place,
    format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) AS name,
    pg_get_userbyid(p.proowner) AS owner,
    d.description AS comment,
    nullif(p.proacl, acldefault('f', p.proowner))::text[] AS acl,
    concat_ws(
        ' → ', format('(%s)', pg_get_function_arguments(p.oid)), pg_get_function_result(p.oid)
    ) AS summary,
    pg_get_function_arguments(p.oid) AS arguments,
    pg_get_function_result(p.oid) AS result,
    CASE WHEN p.prokind <> 'a' THEN l.lanname::text END AS language,
    CASE WHEN p.prokind <> 'p' THEN
        CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END
    END AS volatility,
    p.prokind = 'w' AS window,
    p.proisstrict AND p.prokind <> 'a' AS strict,
    p.prosecdef AS security_definer,
    p.proleakproof AS leakproof,
    CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS parallel,
    CASE WHEN p.prokind IN ('f', 'w')
            AND p.procost <> CASE WHEN l.lanname IN ('internal', 'c') THEN 1 ELSE 100 END
        THEN p.procost::text END AS cost,
    CASE WHEN p.proretset AND p.prorows <> 1000 THEN p.prorows::text END AS rows,
    nullif(p.prosupport, 0)::regproc::text AS support,
    p.proconfig AS settings,
    CASE a.aggkind WHEN 'o' THEN 'ordered set' WHEN 'h' THEN 'hypothetical set' END AS form,
    a.aggtransfn::text AS transition,
    format_type(a.aggtranstype, NULL) AS state_type,
    a.agginitval AS initial_state,
    nullif(a.aggfinalfn, 0)::regproc::text AS final,
    nullif(a.aggcombinefn, 0)::regproc::text AS combine,
    nullif(a.aggserialfn, 0)::regproc::text AS serialize,
    nullif(a.aggdeserialfn, 0)::regproc::text AS deserialize,
    nullif(a.aggmtransfn, 0)::regproc::text AS moving_transition,
    nullif(a.aggsortop, 0)::regoperator::text AS sort_operator
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
LEFT JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = p.oid AND d.classoid = 'pg_catalog.pg_proc'::regclass AND d.objsubid = 0
WHERE p.pronamespace = ANY ('{schemas}'::oid[])
    -- What a range or an extension brings along is not people's own.
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid
            AND e.deptype IN ('e', 'i')
            AND (e.deptype = 'e' OR e.refclassid = 'pg_catalog.pg_type'::regclass)
    )
