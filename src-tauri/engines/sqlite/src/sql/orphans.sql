-- Which rows refer to rows that are not there, by foreign key?
SELECT "table", parent, count(*), min(rowid)
FROM pragma_foreign_key_check(?1)
GROUP BY "table", parent, fkid
LIMIT ?2
