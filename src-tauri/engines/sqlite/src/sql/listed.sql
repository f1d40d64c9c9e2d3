-- What is listed there from this number on, so many rows? A bare parameter in a range or
-- behind LIMIT would have the statement prepared anew at each value.
SELECT type, name, tbl_name, sql, rowid FROM main.sqlite_schema WHERE rowid >= ?1 + 0
ORDER BY rowid LIMIT ?2 + 0
