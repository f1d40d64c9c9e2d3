-- Which columns have the tables and views that can be read?
SELECT t.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
FROM pragma_table_list AS t
JOIN pragma_table_xinfo(t.name, 'main') AS c
WHERE t.schema = 'main' AND t.ncol > 0 AND (?1 IS NULL OR t.name = ?1)
