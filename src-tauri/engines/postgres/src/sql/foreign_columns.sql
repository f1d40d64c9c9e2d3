-- What are the columns called that foreign keys name outside of what is read?
SELECT a.attrelid, a.attnum, a.attname
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = ANY ('{relations}'::oid[]) AND a.attnum > 0
