-- Which tables and views can nobody look into now, because somebody changes them, or
-- changes what they are made of?
WITH RECURSIVE locked AS (
    SELECT l.relation AS id
    FROM pg_catalog.pg_locks l
    WHERE l.locktype = 'relation'
        AND l.mode = 'AccessExclusiveLock'
        AND l.pid IS DISTINCT FROM pg_backend_pid()
        AND l.database = (
            SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = current_database()
        )
    UNION
    SELECT r.ev_class
    FROM locked
    JOIN pg_catalog.pg_depend d
        ON d.refobjid = locked.id
        AND d.refclassid = 'pg_catalog.pg_class'::regclass
        AND d.classid = 'pg_catalog.pg_rewrite'::regclass
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
)
SELECT c.oid, c.relnamespace, c.relname, c.relkind
FROM locked
JOIN pg_catalog.pg_class c ON c.oid = locked.id
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
