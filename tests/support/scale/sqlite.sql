-- What a file holds, told by SQLite itself: a kind and a line for each object.
WITH relation AS (
    SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
)
SELECT 'table' AS kind, name AS line
FROM relation
UNION ALL
SELECT 'column', concat_ws('|', relation.name, c.name, c.type, iif(c."notnull", 0, 1))
FROM relation, pragma_table_xinfo(relation.name) AS c
UNION ALL
SELECT 'primary key', concat_ws('|', relation.name,
    (SELECT json_group_array(name) FROM (
        SELECT name FROM pragma_table_xinfo(relation.name) WHERE pk > 0 ORDER BY pk)))
FROM relation
WHERE EXISTS (SELECT 1 FROM pragma_table_xinfo(relation.name) WHERE pk > 0)
UNION ALL
SELECT 'foreign key', concat_ws('|', relation.name, json_group_array(k."from"), k."table")
FROM relation, pragma_foreign_key_list(relation.name) AS k
GROUP BY relation.name, k.id, k."table"
UNION ALL
SELECT 'check', relation.name
FROM relation
WHERE instr(sql, 'CHECK (') > 0
UNION ALL
SELECT 'index', concat_ws('|', relation.name, i.name, i."unique")
FROM relation, pragma_index_list(relation.name) AS i
WHERE i.origin = 'c'
