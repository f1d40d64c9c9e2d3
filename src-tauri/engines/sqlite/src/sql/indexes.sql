-- Which indexes are there, and what do they hold, in order?
SELECT t.name, i.name, i."unique", i.origin, p.cid, p.name, p."desc", p.coll
FROM main.sqlite_schema AS t
JOIN pragma_index_list(t.name, 'main') AS i
JOIN pragma_index_xinfo(i.name, 'main') AS p
WHERE t.type = 'table' AND p.key = 1 AND (?1 IS NULL OR t.name IN (SELECT value FROM json_each(?1)))
