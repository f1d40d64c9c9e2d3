-- Which foreign keys are there, column by column?
SELECT t.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete
FROM main.sqlite_schema AS t
JOIN pragma_foreign_key_list(t.name, 'main') AS f
WHERE t.type = 'table' AND (?1 IS NULL OR t.name IN (SELECT value FROM json_each(?1)))
