-- Which tables of the server's own catalogue may this user not read at all?
SELECT c.relname
FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'pg_catalog'::regnamespace
    AND c.relkind IN ('r', 'v')
    AND NOT has_any_column_privilege(c.oid, 'SELECT')
