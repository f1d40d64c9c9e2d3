-- Which schemas of this database may this user not use?
SELECT n.nspname
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT has_schema_privilege(n.oid, 'USAGE')
ORDER BY n.nspname
