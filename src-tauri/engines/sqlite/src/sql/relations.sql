-- Which tables and views are there? One whose columns are not known yet has none.
SELECT name, type, ncol, wr, strict
FROM pragma_table_list
WHERE schema = 'main' AND (?1 IS NULL OR name IN (SELECT value FROM json_each(?1)))
