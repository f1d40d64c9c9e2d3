-- Which tables and views are there? A view or virtual table whose columns
-- cannot be worked out has none.
SELECT name, type, ncol, wr, strict
FROM pragma_table_list
WHERE schema = 'main' AND (?1 IS NULL OR name = ?1)
