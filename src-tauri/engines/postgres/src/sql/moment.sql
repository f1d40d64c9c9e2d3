-- Which server, database (or databases) and user is this, and which transaction is the next,
-- where none is under way? Rights decide on what is shown, and a server that is started again
-- may have been set back; one that recovers from a crash does not start again, but its counts do.
SELECT
    b.oid,
    concat_ws(
        ' ', current_setting('server_version_num'),
        extract(epoch FROM pg_postmaster_start_time()),
        extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time()), b.oid, b.datname, r.oid, r.rolsuper,
        md5((
            SELECT string_agg(g.oid::text, ' ' ORDER BY g.oid)
            FROM pg_catalog.pg_roles g
            WHERE pg_has_role(g.oid, 'MEMBER')
        ))
    ) AS identity,
    CASE WHEN pg_snapshot_xmin(s.now) = pg_snapshot_xmax(s.now)
        THEN pg_snapshot_xmax(s.now)::text END AS quiet,
    age('3'::xid) AS age
FROM pg_catalog.pg_database b
CROSS JOIN pg_catalog.pg_roles r
CROSS JOIN (SELECT pg_current_snapshot() AS now) AS s
WHERE {databases} AND r.rolname = current_user
