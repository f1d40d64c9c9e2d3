-- How are this table and its columns spelled, and which make up its primary key?
SELECT t.name, c.name, c.pk
FROM pragma_table_list AS t
JOIN pragma_table_xinfo(t.name, 'main') AS c
WHERE t.schema = 'main' AND t.ncol > 0 AND t.name = ?1 COLLATE NOCASE
