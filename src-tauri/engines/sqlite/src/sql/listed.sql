-- What is listed there under this number, and under those behind it?
SELECT type, name, tbl_name, sql, rowid FROM main.sqlite_schema WHERE rowid >= ?1
ORDER BY rowid LIMIT ?2
