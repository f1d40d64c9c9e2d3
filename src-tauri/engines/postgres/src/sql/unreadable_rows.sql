-- Of how many tables in each schema may this user not read the rows?
SELECT n.nspname, count(*)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT has_table_privilege(c.oid, 'SELECT')
    AND NOT has_any_column_privilege(c.oid, 'SELECT')
GROUP BY n.nspname
ORDER BY n.nspname
