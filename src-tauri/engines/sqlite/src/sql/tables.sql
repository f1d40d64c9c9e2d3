-- Which tables can be checked one by one?
SELECT name FROM main.sqlite_schema WHERE type = 'table'
