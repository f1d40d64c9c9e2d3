-- In which databases may somebody have written what is not counted yet? What a session has written
-- is counted when it ends, or once it has rested for ten seconds, or for a minute and more where
-- others stand in its way (PGSTAT_IDLE_INTERVAL and PGSTAT_MAX_INTERVAL in pgstat.c of 15 to 18).
-- What somebody else's session does may be hidden. Where some are told not to count, it may be
-- anywhere. Counts that were looked up before are forgotten, so that those asked next are later.
SELECT coalesce(array_agg(DISTINCT w.database), '{}'), pg_stat_clear_snapshot()
FROM (
    SELECT a.datid::int8 AS database
    FROM pg_catalog.pg_stat_activity a
    WHERE a.datid <> 0 AND a.pid <> pg_backend_pid()
        AND a.backend_type IS DISTINCT FROM 'autovacuum worker'
        AND (a.state = 'idle' AND a.state_change < clock_timestamp() - interval '90 s') IS NOT TRUE
    UNION ALL
    SELECT b.oid
    FROM pg_catalog.pg_database b
    WHERE EXISTS (
        SELECT FROM pg_catalog.pg_db_role_setting s
        WHERE s.setconfig::text LIKE '%track_counts=%'
    )
) AS w
