-- How are this table and its columns spelled, and which make up its primary key?
SELECT t.name, c.name, c.pk
FROM main.sqlite_schema AS t
JOIN pragma_table_xinfo(t.name, 'main') AS c
WHERE t.type = 'table' AND t.name = ?1 COLLATE NOCASE
