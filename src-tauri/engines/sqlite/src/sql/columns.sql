-- Which columns have the tables and views, but for those that nobody can tell?
SELECT t.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
FROM (
    SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view')
    UNION ALL
    SELECT 'sqlite_schema'
) AS t
JOIN pragma_table_xinfo(t.name, 'main') AS c
WHERE (?1 IS NULL OR t.name IN (SELECT value FROM json_each(?1))) AND t.name NOT IN (SELECT value FROM json_each(?2))
