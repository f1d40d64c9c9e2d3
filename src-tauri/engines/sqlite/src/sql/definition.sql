-- Which statement made this object?
SELECT sql FROM main.sqlite_schema WHERE type = ?1 AND name = ?2
