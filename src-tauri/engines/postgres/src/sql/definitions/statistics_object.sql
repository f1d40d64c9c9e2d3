-- What statements make this statistics object?
SELECT concat(
    pg_get_statisticsobjdef(s.oid),
    CASE WHEN s.stxstattarget >= 0 THEN format(
        E';\n\nALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, s.stxstattarget
    ) END
),
    s.tableoid,
    s.oid
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
WHERE n.nspname = $1 AND s.stxname = $2
